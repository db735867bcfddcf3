package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleBusyTimesTests {

    @ParameterizedTest
    @CsvSource({"true,  declined, false", "true,  accepted, true", "false, declined, true"})
    void onlyTheOwnersDeclinedEventBlocksNoTime(boolean self, String status, boolean busy) {
        var event = Json.read("""
                {"id": "e", "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"},
                 "attendees": [{"self": %s, "responseStatus": "%s"}]}
                """.formatted(self, status));
        assertThat(GoogleBusyTimes.read(event, ZoneOffset.UTC).isPresent()).isEqualTo(busy);
    }
}
