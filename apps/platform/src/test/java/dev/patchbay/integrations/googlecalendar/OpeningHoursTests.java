package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import dev.patchbay.kernel.Json;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningHoursTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> starts(String hours, String from, String to, int minutes) {
        var search = new SlotSearch(OffsetDateTime.parse(from), OffsetDateTime.parse(to), minutes);
        return OpeningHours.parse(Json.read(hours)).findFreeSlots(search, BERLIN, List.of()).stream()
                .map(Slot::start)
                .map(OffsetDateTime::toString)
                .toList();
    }

    @Test
    void keepsTheClientsHoursOverAChangeOfClocks() {
        String saturdays = "{\"hours\":{\"days\":[\"SATURDAY\",\"SUNDAY\"],\"from\":\"09:00\",\"to\":\"10:00\"}}";
        assertThat(starts(saturdays, "2026-10-24T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 60))
                .containsExactly("2026-10-24T09:00+02:00", "2026-10-25T09:00+01:00");
    }

    @Test
    void offersNothingThatReachesBeyondTheSearchOrTheHours() {
        assertThat(starts("{}", "2026-11-24T15:45:00+01:00", "2026-11-24T23:00:00+01:00", 45))
                .containsExactly("2026-11-24T16:00+01:00");
        assertThat(starts("{}", "2026-11-24T09:00:00+01:00", "2026-11-24T09:59:00+01:00", 30))
                .containsExactly("2026-11-24T09:00+01:00");
    }

    @Test
    void offersAtMostTwoHundred() {
        assertThat(starts("{}", "2026-11-01T00:00:00+01:00", "2026-12-24T00:00:00+01:00", 30))
                .hasSize(200);
    }
}
