package dev.patchbay.effects.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.Standing;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.UnimplementedCalendar;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class StandingChecksTests {

    private static final OffsetDateTime NINE = OffsetDateTime.parse("2026-11-24T09:00:00+01:00");
    private static final Slot STOOD = new Slot(NINE, NINE.plusHours(1));
    private static final Lane LANE = new Lane(new TenantId("tnt_demo"), "google:standing", "Google Calendar", 1);

    private static final Account ACCOUNT =
            TestHttp.account("google", URI.create("https://calendar.example"), "{}", Map.of());

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private ReservationRepository repository;

    private static Reservation reservation(Duration changedFor, Optional<String> act) {
        return new Reservation(
                "effect",
                0,
                "owner",
                List.of(STOOD),
                act,
                Optional.of(new Reservation.Standing("evt_1", STOOD, Optional.empty())),
                changedFor);
    }

    /** The corrections after the provider's answer. */
    private List<Optional<Slot>> corrections(PortResult<Standing> answer) {
        var corrections = new ArrayList<Optional<Slot>>();
        var reservations = new Reservations(repository) {
            @Override
            void correct(Lane lane, CalendarRules rules, Reservation reservation, Optional<Slot> standing) {
                corrections.add(standing);
            }
        };
        var provider = new UnimplementedCalendar() {
            @Override
            public Map<String, Idempotency> idempotency() {
                return Map.of();
            }

            @Override
            public PortResult<Standing> findStanding(CallContext callContext, BookingId appointment) {
                return answer;
            }
        };
        new StandingChecks(provider, reservations, tenancy)
                .check(
                        TestHttp.callContext(ACCOUNT, "{}"),
                        LANE,
                        CalendarRules.parse(Json.object()),
                        List.of(reservation(Duration.ofHours(1), Optional.empty())));
        return corrections;
    }

    private static PortResult<Standing> standing(Optional<Slot> slot) {
        return new PortResult.Succeeded<>(new Standing(slot), "evt_1");
    }

    @Test
    void anAppointmentThatPeopleMovedOrRemovedIsCorrected() {
        var later = new Slot(NINE.plusHours(2), NINE.plusHours(3));
        var longer = new Slot(NINE, NINE.plusHours(2));

        assertThat(corrections(standing(Optional.of(later)))).containsExactly(Optional.of(later));
        assertThat(corrections(standing(Optional.of(longer)))).containsExactly(Optional.of(longer));
        assertThat(corrections(standing(Optional.empty()))).containsExactly(Optional.empty());
    }

    @Test
    void anAppointmentStaysWhereItStandsOrNothingIsKnownOfIt() {
        assertThat(corrections(standing(Optional.of(STOOD)))).isEmpty();
        assertThat(corrections(new PortResult.Unknown<>("no answer"))).isEmpty();
    }

    @Test
    void anAppointmentIsDoubtfulOnceItsEventIsMissingForAWhile() {
        var old = reservation(Duration.ofHours(1), Optional.empty());
        var fresh = reservation(Duration.ofSeconds(1), Optional.empty());
        var underWay = reservation(Duration.ofHours(1), Optional.of("effect"));
        var listed = new BusyTimes(List.of(new BusyTime(Optional.of("evt_1"), STOOD, Optional.empty())));

        assertThat(StandingChecks.findUnlisted(List.of(old, fresh, underWay), new BusyTimes(List.of())))
                .containsExactly(old);
        assertThat(StandingChecks.findUnlisted(List.of(old), listed)).isEmpty();
    }
}
