package dev.patchbay.effects.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.Json;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityTests {

    private static final CalendarRules RULES = CalendarRules.parse(Json.read("{\"capacity\": 2}"));

    private static Slot hour(int hour) {
        var start = OffsetDateTime.parse("2026-11-24T00:00:00+01:00").plusHours(hour);
        return new Slot(start, start.plusHours(1));
    }

    private static Availability of(BusyTimes busyTimes) {
        return Availability.of(RULES, busyTimes, List.of(), "effect", "owner");
    }

    private static BusyTime event(String id, Slot slot) {
        return new BusyTime(Optional.of(id), slot, Optional.empty());
    }

    @Test
    void aTimeIsFreeWhileFewerStandThanItsCapacity() {
        assertThat(of(new BusyTimes(List.of(event("a", hour(9))))).isFree(hour(9)))
                .isTrue();
        assertThat(of(new BusyTimes(List.of(event("a", hour(9)), event("b", hour(9)))))
                        .isFree(hour(9)))
                .isFalse();
    }

    @Test
    void appointmentsOneAfterTheOtherCountOnce() {
        var long9to11 = new Slot(hour(9).start(), hour(10).end());
        assertThat(of(new BusyTimes(List.of(event("a", hour(9)), event("b", hour(10)))))
                        .isFree(long9to11))
                .isTrue();
    }

    @Test
    void anEventWithoutAnIdTakesTheWholeCapacity() {
        var busy = new BusyTimes(List.of(new BusyTime(Optional.empty(), hour(9), Optional.empty())));
        assertThat(of(busy).isFree(hour(9))).isFalse();
        assertThat(of(busy).isFree(hour(10))).isTrue();
    }

    @Test
    void onlyTimesThatTheProviderOffersAreFree() {
        var offered = new BusyTimes(List.of(), Optional.of(List.of(hour(9))));
        assertThat(of(offered).isFree(hour(9))).isTrue();
        assertThat(of(offered).isFree(hour(10))).isFalse();
    }
}
