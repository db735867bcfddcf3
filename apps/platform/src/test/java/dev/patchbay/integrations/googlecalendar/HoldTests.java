package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort.Booking;
import dev.patchbay.flows.spi.CalendarPort.BookingRequest;
import dev.patchbay.flows.spi.CalendarPort.Hold;
import dev.patchbay.flows.spi.CalendarPort.HoldRequest;
import dev.patchbay.flows.spi.LookUp;
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

/** Times that are held, and become bookings. */
class HoldTests {

    private static final Instant NOW = Instant.parse("2026-11-23T15:10:00Z");
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-24T15:30:00Z");
    private static final BookingRequest BOOKING = new BookingRequest("c1", START, 30, "Cleaning", null, "held1");
    private static final HoldRequest HOLD = new HoldRequest("c1", START, 30, 5, null, null);
    private static final String FREE = "{\"calendars\":{\"cal@x\":{\"busy\":[]}}}";

    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar = new GoogleCalendar(http, Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private Act act;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        act = TestHttp.act(
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
        return event("held1", status, act.effectKey(), "2026-11-24T11:00:00-05:00");
    }

    private String own() {
        return event(GoogleEvent.id(act), "confirmed", act.effectKey(), "2026-11-24T11:00:00-05:00");
    }

    @Test
    void holdsAFreeTimeTentativelyAndSaysUntilWhen() {
        provider.then(200, FREE).then(200, held());

        assertThat(calendar.hold(act, HOLD))
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        it -> assertThat(((Hold) it.value()).heldUntil())
                                .isEqualTo(OffsetDateTime.parse("2026-11-23T15:20:00Z")));

        var insert = provider.seen().getLast().json();
        assertThat(insert.path("status").asString()).isEqualTo("tentative");
        var until = OffsetDateTime.parse(
                insert.at("/extendedProperties/private/patchbayHoldUntil").asString());
        assertThat(until.toInstant()).isEqualTo(act.firstClaimedAt().plus(Duration.ofMinutes(5)));
    }

    @Test
    void findsAHoldAndNoHoldInAnEventThatIsNone() {
        provider.then(200, held());
        assertThat(calendar.findHold(act, HOLD)).isInstanceOf(LookUp.Found.class);
        provider.then(200, held().replace("patchbayHoldUntil", "other"));
        assertThat(calendar.findHold(act, HOLD)).isInstanceOf(LookUp.Unavailable.class);
        provider.then(404, "{}");
        assertThat(calendar.findHold(act, new HoldRequest("c1", START, 30, null, "T", "D")))
                .isInstanceOf(LookUp.Absent.class);
    }

    @Test
    void aHoldBecomesTheBooking() {
        provider.then(200, held()).then(200, booked("confirmed"));

        assertThat(calendar.book(act, BOOKING))
                .isInstanceOfSatisfying(
                        Answer.Done.class, it -> assertThat(it.providerId()).isEqualTo("held1"));

        var patch = provider.seen().getLast();
        assertThat(patch.method()).isEqualTo("PATCH");
        assertThat(patch.json().path("status").asString()).isEqualTo("confirmed");
        assertThat(patch.json().at("/extendedProperties/private/patchbayEffect").asString())
                .isEqualTo(act.effectKey());
    }

    @Test
    void whatThisBookingConfirmedBeforeIsDone() {
        provider.then(200, booked("confirmed"));
        assertThat(calendar.book(act, BOOKING)).isInstanceOf(Answer.Done.class);
        assertThat(provider.seen()).hasSize(1);
    }

    @Test
    void aHoldThatNoLongerStandsOrIsElsewhereIsAsIfThereWereNone() {
        provider.then(404, "{}").then(200, FREE).then(200, own());
        assertBookedAnew();
        provider.then(200, booked("cancelled")).then(200, FREE).then(200, own());
        assertBookedAnew();
        provider.then(200, event("held1", "tentative", "another", "2026-11-24T11:30:00-05:00"))
                .then(200, FREE)
                .then(200, own());
        assertBookedAnew();
        provider.then(
                        200,
                        event("held1", "tentative", "another", "2026-11-24T11:00:00-05:00")
                                .replace("10:30", "10:00"))
                .then(200, FREE)
                .then(200, own());
        assertBookedAnew();
    }

    private void assertBookedAnew() {
        assertThat(calendar.book(act, BOOKING))
                .isInstanceOfSatisfying(
                        Answer.Done.class, it -> assertThat(it.providerId()).isEqualTo(GoogleEvent.id(act)));
    }

    @Test
    void aBookingIsLookedUpInItsHoldFirst() {
        provider.then(200, booked("confirmed"));
        assertThat(calendar.findBooking(act, BOOKING)).isInstanceOf(LookUp.Found.class);
        provider.then(200, booked("cancelled"));
        assertThat(calendar.findBooking(act, BOOKING)).isInstanceOf(LookUp.Impossible.class);
        provider.then(200, held()).then(404, "{}");
        assertThat(calendar.findBooking(act, BOOKING)).isInstanceOf(LookUp.Absent.class);
        provider.then(410, "{}").then(200, own());
        assertThat(calendar.findBooking(act, BOOKING))
                .isInstanceOfSatisfying(
                        LookUp.Found.class,
                        it -> assertThat(((Booking) it.value()).id()).isEqualTo(GoogleEvent.id(act)));
        provider.then(500, "{}");
        assertThat(calendar.findBooking(act, BOOKING)).isInstanceOf(LookUp.Unavailable.class);
    }
}
