package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds are placed, looked up and confirmed as bookings. */
class HoldTests {

    private static final Instant NOW = Instant.parse("2026-11-23T15:10:00Z");
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-24T15:30:00Z");
    private static final BookingRequest BOOKING =
            new BookingRequest("c1", START, 30, "Cleaning", null, "held1", null, null);
    private static final HoldRequest HOLD = new HoldRequest("c1", START, 30, 5, null, null, null, null, null);

    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar =
            new GoogleCalendar(http, TestHttp.settings(), Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private CallContext callContext;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        callContext = TestHttp.callContext(
                TestHttp.account("google", provider.address(), "{}", Map.of("access_token", "tok")),
                "{\"calendarId\":\"cal@x\"}");
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private static String event(String id, String status, String effect, String end) {
        return """
                {"id":"%s","status":"%s","start":{"dateTime":"2026-11-24T10:30:00-05:00"},"end":{"dateTime":"%s"},
                 "extendedProperties":{"private":{"patchbayEffect":"%s","patchbayHoldUntil":"2026-11-23T15:20:00Z"}}}
                """.formatted(id, status, end, effect);
    }

    private static String held() {
        return event("held1", "tentative", "another", "2026-11-24T11:00:00-05:00");
    }

    private String booked(String status) {
        return event("held1", status, callContext.effectKey(), "2026-11-24T11:00:00-05:00");
    }

    private String own() {
        return event(GoogleEvent.id(callContext), "confirmed", callContext.effectKey(), "2026-11-24T11:00:00-05:00");
    }

    @Test
    void aHoldIsATentativeEventWithAnEnd() {
        provider.then(200, held());

        assertThat(calendar.hold(callContext, HOLD))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((Hold) it.value()).heldUntil())
                                .isEqualTo(OffsetDateTime.parse("2026-11-23T15:20:00Z")));

        var insert = provider.seen().getLast().json();
        assertThat(insert.path("status").asString()).isEqualTo("tentative");
        var until = OffsetDateTime.parse(
                insert.at("/extendedProperties/private/patchbayHoldUntil").asString());
        assertThat(until.toInstant()).isEqualTo(callContext.firstClaimedAt().plus(Duration.ofMinutes(5)));
    }

    @Test
    void findsAHoldOnlyInAnEventThatIsOne() {
        provider.then(200, held());
        assertThat(calendar.findHold(callContext, HOLD)).isInstanceOf(LookupResult.Found.class);
        provider.then(200, held().replace("patchbayHoldUntil", "other"));
        assertThat(calendar.findHold(callContext, HOLD)).isInstanceOf(LookupResult.Unavailable.class);
        provider.then(404, "{}");
        assertThat(calendar.findHold(callContext, new HoldRequest("c1", START, 30, null, "T", "D", null, null, null)))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    void aHoldBecomesTheBooking() {
        provider.then(200, held()).then(200, booked("confirmed"));

        assertThat(calendar.book(callContext, BOOKING))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(it.providerId()).isEqualTo("held1"));

        var patch = provider.seen().getLast();
        assertThat(patch.method()).isEqualTo("PATCH");
        assertThat(patch.json().path("status").asString()).isEqualTo("confirmed");
        assertThat(patch.json().at("/extendedProperties/private/patchbayEffect").asString())
                .isEqualTo(callContext.effectKey());
    }

    @Test
    void aHoldThatThisBookingConfirmedBeforeCountsAsBooked() {
        provider.then(200, booked("confirmed"));
        assertThat(calendar.book(callContext, BOOKING)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(provider.seen()).hasSize(1);
    }

    @Test
    void withoutAnActiveHoldABookingIsMadeAnew() {
        provider.then(404, "{}").then(200, own());
        assertBookedWithoutHold();
        provider.then(200, booked("cancelled")).then(200, own());
        assertBookedWithoutHold();
        provider.then(200, event("held1", "confirmed", "another", "2026-11-24T11:00:00-05:00"))
                .then(200, own());
        assertBookedWithoutHold();
    }

    @Test
    void aHoldForAnotherTimeIsChangedToTheBookingsTime() {
        provider.then(200, event("held1", "tentative", "another", "2026-11-24T11:30:00-05:00"))
                .then(200, booked("confirmed"));
        assertThat(calendar.book(callContext, BOOKING)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(provider.seen().getLast().json().at("/end/dateTime").asString())
                .isEqualTo("2026-11-24T11:00:00-05:00");
    }

    @Test
    void aHoldReplacesTheHoldThatItNames() {
        provider.then(200, held()).then(200, held());
        assertThat(calendar.hold(callContext, HOLD.withHold("held1"))).isInstanceOf(PortResult.Succeeded.class);
        assertThat(provider.seen().getLast().method()).isEqualTo("PATCH");

        provider.then(200, event("held1", "tentative", callContext.effectKey(), "2026-11-24T11:00:00-05:00"));
        assertThat(calendar.findHold(callContext, HOLD.withHold("held1"))).isInstanceOf(LookupResult.Found.class);
    }

    private void assertBookedWithoutHold() {
        assertThat(calendar.book(callContext, BOOKING))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(it.providerId()).isEqualTo(GoogleEvent.id(callContext)));
    }

    @Test
    void aBookingIsLookedUpInItsHoldFirst() {
        provider.then(200, booked("confirmed"));
        assertThat(calendar.findBooking(callContext, BOOKING)).isInstanceOf(LookupResult.Found.class);
        provider.then(200, booked("cancelled"));
        assertThat(calendar.findBooking(callContext, BOOKING)).isInstanceOf(LookupResult.Impossible.class);
        provider.then(200, held()).then(404, "{}");
        assertThat(calendar.findBooking(callContext, BOOKING)).isInstanceOf(LookupResult.Absent.class);
        provider.then(410, "{}").then(200, own());
        assertThat(calendar.findBooking(callContext, BOOKING))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        it -> assertThat(((Booking) it.value()).id()).isEqualTo(GoogleEvent.id(callContext)));
        provider.then(500, "{}");
        assertThat(calendar.findBooking(callContext, BOOKING)).isInstanceOf(LookupResult.Unavailable.class);
    }
}
