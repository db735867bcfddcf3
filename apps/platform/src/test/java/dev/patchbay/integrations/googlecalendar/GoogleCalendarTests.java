package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CalendarPort.AppointmentSearch;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.effects.spi.CalendarPort.Standing;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoogleCalendarTests {

    private static final Instant NOW = Instant.parse("2026-11-23T15:10:00Z");
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-24T15:30:00Z");
    private static final BookingRequest REQUEST = new BookingRequest("c1", START, 30, null, null, null, null, null);

    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar =
            new GoogleCalendar(http, TestHttp.settings(), Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private CallContext callContext;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        callContext = callContext("{\"calendarId\":\"cal@x\"}");
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private CallContext callContext(String binding) {
        return TestHttp.callContext(
                TestHttp.account("google", provider.address(), "{}", Map.of("access_token", "tok")), binding);
    }

    private String event(String status, String effect) {
        return """
                {"id":"%s","status":"%s","htmlLink":"https://g/e","start":{"dateTime":"2026-11-24T10:30:00-05:00"},
                 "end":{"dateTime":"2026-11-24T11:00:00-05:00"},"extendedProperties":{"private":{"patchbayEffect":"%s"}}}
                """.formatted(GoogleEvent.id(callContext), status, effect);
    }

    private String ours() {
        return event("confirmed", callContext.effectKey());
    }

    private void assertRefused(PortResult<?> portResult, FailureReason failureReason, String words) {
        assertThat(portResult).isInstanceOfSatisfying(PortResult.Rejected.class, it -> {
            assertThat(it.reason()).isEqualTo(failureReason);
            assertThat(it.sentence()).contains(words);
        });
    }

    @Test
    void booksAFreeTimeUnderAnIdDerivedFromTheEffect() {
        provider.then(200, ours());
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOfSatisfying(PortResult.Succeeded.class, it -> {
            Booking booking = (Booking) it.value();
            assertThat(booking.startLocal()).isEqualTo("Tue, Nov 24, 10:30 AM");
            assertThat(booking.link()).isEqualTo("https://g/e");
            assertThat(it.providerId()).matches("[0-9a-v]{52}");
        });
        var insert = provider.seen().getLast();
        assertThat(insert.path()).isEqualTo("/calendar/v3/calendars/cal%40x/events");
        assertThat(insert.json().path("id").asString()).isEqualTo(GoogleEvent.id(callContext));
        assertThat(insert.json().at("/start/dateTime").asString()).isEqualTo("2026-11-24T10:30:00-05:00");
        assertThat(insert.json().at("/end/timeZone").asString()).isEqualTo("America/New_York");
        assertThat(insert.json().at("/extendedProperties/private").toString())
                .isEqualTo(
                        "{\"patchbayRun\":\"run_1\",\"patchbayContact\":\"c1\",\"patchbayEffect\":\"run_1/do/book\"}");
        assertThat(calendar.provider()).isEqualTo("google");
    }

    @Test
    void aDuplicateCountsAsBookedUnlessItWasCancelledOrIsForeign() {
        provider.then(409, "{}").then(200, ours());
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Succeeded.class);
        provider.then(409, "{}").then(200, event("cancelled", callContext.effectKey()));
        assertRefused(calendar.book(callContext, REQUEST), FailureReason.UNKNOWN_OUTCOME, "cancelled");
        provider.then(409, "{}").then(200, event("confirmed", "run_2/do/book"));
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Rejected.class);
    }

    @Test
    void aLostResponseLeavesTheBookingUnknown() {
        provider.thenNothing().then(500, "");
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Unknown.class);
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Unknown.class);
    }

    private PortResult<BusyTimes> findBusy(CallContext context) {
        return calendar.findBusy(context, START, START.plusDays(100));
    }

    @Test
    void listsWhatBlocksTime() {
        provider.then(200, """
                {"timeZone": "America/Chicago", "nextPageToken": "two", "items": [
                  {"id": "a", "start": {"dateTime": "2026-11-24T10:30:00-05:00"}, "end": {"dateTime": "2026-11-24T11:00:00-05:00"},
                   "extendedProperties": {"private": {"patchbayEffect": "run_2/book/0/0"}}},
                  {"id": "free", "transparency": "transparent",
                   "start": {"dateTime": "2026-11-24T10:30:00-05:00"}, "end": {"dateTime": "2026-11-24T11:00:00-05:00"}},
                  {"id": "cancelled", "status": "cancelled"},
                  {"id": "declined", "attendees": [{"self": true, "responseStatus": "declined"}],
                   "start": {"dateTime": "2026-11-24T10:30:00-05:00"}, "end": {"dateTime": "2026-11-24T11:00:00-05:00"}},
                  {"id": "without times"}]}""").then(200, """
                {"timeZone": "Nowhere", "items": [{"id": "day", "start": {"date": "2026-11-26"}, "end": {"date": "2026-11-27"}}]}""");

        assertThat(findBusy(callContext)).isInstanceOfSatisfying(PortResult.Succeeded.class, it -> {
            List<BusyTime> busy = ((BusyTimes) it.value()).busy();
            assertThat(busy).extracting(BusyTime::id).containsExactly(Optional.of("a"), Optional.of("day"));
            assertThat(busy.getFirst().effectKey()).contains("run_2/book/0/0");
            assertThat(busy.getLast().slot().start()).hasToString("2026-11-26T00:00-05:00");
        });
        assertThat(provider.seen().getLast().path()).contains("pageToken=two").contains("singleEvents=true");
    }

    @Test
    void asksForCalendarsThatCountAsBusyInPieces() {
        provider.then(200, "{\"items\":[]}")
                .then(200, busy("2026-11-24T15:00:00Z", "2026-11-24T15:45:00Z"))
                .then(200, busy("2027-02-01T15:00:00Z", "2027-02-01T15:45:00Z"));
        CallContext two = callContext("{\"calendarId\":\"cal@x\",\"busyCalendars\":[\"cal@x\",\"other@x\"]}");

        assertThat(findBusy(two))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((BusyTimes) it.value()).busy())
                                .hasSize(2)
                                .allMatch(busy -> busy.id().isEmpty()));
        assertThat(provider.seen().getLast().json().path("timeMax").asString()).isEqualTo("2027-03-04T15:30:00Z");
    }

    private static String busy(String start, String end) {
        return "{\"calendars\":{\"other@x\":{\"busy\":[{\"start\":\"%s\",\"end\":\"%s\"}]}}}".formatted(start, end);
    }

    @Test
    void knowsNothingWithoutAReadableList() {
        provider.then(500, "").then(401, "{}").then(200, "{\"events\":[]}").then(404, "{}");
        assertThat(findBusy(callContext)).isInstanceOf(PortResult.RetryLater.class);
        assertThat(findBusy(callContext)).isInstanceOf(PortResult.Unauthorized.class);
        assertThat(findBusy(callContext)).isInstanceOf(PortResult.RetryLater.class);
        assertRefused(findBusy(callContext), FailureReason.BAD_INPUT, "cal@x");

        CallContext two = callContext("{\"calendarId\":\"cal@x\",\"busyCalendars\":[\"other@x\"]}");
        provider.then(200, "{\"items\":[]}").then(200, "{\"calendars\":{}}");
        assertThat(findBusy(two)).isInstanceOf(PortResult.RetryLater.class);
        provider.then(200, "{\"items\":[]}")
                .then(200, "{\"calendars\":{\"other@x\":{\"errors\":[{\"reason\":\"notFound\"}],\"busy\":[]}}}");
        assertRefused(findBusy(two), FailureReason.BAD_INPUT, "other@x");
    }

    @Test
    void refusesACalendarWithMorePagesThanItReads() {
        for (int page = 0; page < 20; page++) {
            provider.then(200, "{\"items\":[],\"nextPageToken\":\"more\"}");
        }
        assertRefused(findBusy(callContext), FailureReason.BAD_INPUT, "more events");
    }

    @Test
    void namesACalendarAlikeInEveryBinding() {
        assertThat(calendar.calendar(callContext.account(), callContext.binding()))
                .isEqualTo("google:cal@x");
        assertThat(calendar.calendar(callContext.account(), Json.object())).isEqualTo("google:con_1/primary");
    }

    @Test
    void tellsWhereAnAppointmentStands() {
        var id = new BookingId("abc");
        provider.then(200, ours())
                .then(200, event("cancelled", "x"))
                .then(404, "{}")
                .then(500, "");
        assertThat(calendar.findStanding(callContext, id))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((Standing) it.value())
                                        .slot()
                                        .orElseThrow()
                                        .start())
                                .isEqualTo(START));
        for (int gone = 0; gone < 2; gone++) {
            assertThat(calendar.findStanding(callContext, id))
                    .isEqualTo(new PortResult.Succeeded<>(new Standing(Optional.empty()), "abc"));
        }
        assertThat(calendar.findStanding(callContext, id)).isInstanceOf(PortResult.RetryLater.class);
    }

    @Test
    void movesAnAppointmentThatIsStillThere() {
        var move = new MoveRequest("abc", START, 30, null);
        provider.then(200, event("confirmed", "another")).then(200, ours());
        assertThat(calendar.move(callContext, move)).isInstanceOf(PortResult.Succeeded.class);
        var patch = provider.seen().getLast();
        assertThat(patch.method()).isEqualTo("PATCH");
        assertThat(patch.json().at("/extendedProperties/private/patchbayEffect").asString())
                .isEqualTo(callContext.effectKey());

        provider.then(404, "{}").then(200, event("cancelled", "x"));
        assertRefused(calendar.move(callContext, move), FailureReason.BAD_INPUT, "not in the calendar");
        assertRefused(calendar.move(callContext, move), FailureReason.BAD_INPUT, "not in the calendar");

        provider.then(404, "{}").then(200, event("confirmed", "another")).then(200, ours());
        assertThat(calendar.findMove(callContext, move)).isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.findMove(callContext, move)).isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.findMove(callContext, move)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void findsThePersonsAppointmentsByContactAndPhone() {
        provider.then(200, "{\"items\":[" + ours() + "," + event("tentative", "x") + "]}")
                .then(200, "{\"items\":[" + ours() + "]}");
        assertThat(calendar.find(callContext, new AppointmentSearch("c1", "+14155550142")))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((FoundAppointments) it.value()).appointments())
                                .hasSize(1));
        assertThat(provider.seen().getLast().path()).contains("patchbayPhone%3D%2B14155550142");
        assertThat(calendar.find(callContext, new AppointmentSearch(null, null)))
                .isEqualTo(new PortResult.Succeeded<>(new FoundAppointments(List.of()), ""));
    }

    @Test
    void theBusinessReadsWhoComesAndAboutWhat() {
        provider.then(200, ours());
        calendar.book(
                callContext,
                new BookingRequest(
                        "+14155550142",
                        START,
                        30,
                        null,
                        null,
                        null,
                        new PersonDetails("Ada Lovelace", "+14155550142", "ada@example.com", "Cleaning"),
                        null));

        JsonNode event = provider.seen().getLast().json();
        assertThat(event.path("summary").asString()).isEqualTo("Cleaning: Ada Lovelace");
        assertThat(event.path("description").asString()).isEqualTo("""
                Booked by Patchbay.
                Name: Ada Lovelace
                Phone: +14155550142
                E-mail: ada@example.com
                About: Cleaning
                Details: https://patchbay.test/runs/run_1""");
        assertThat(event.at("/extendedProperties/private/patchbayPhone").asString())
                .isEqualTo("+14155550142");
    }

    @Test
    void readsBothFormsOfARateLimit() {
        provider.then(403, "{\"error\":{\"errors\":[{\"reason\":\"userRateLimitExceeded\"}],\"message\":\"slow\"}}")
                .then(429, "{}")
                .then(403, "{\"error\":{\"errors\":[{\"reason\":\"forbidden\"}],\"message\":\"Forbidden\"}}");
        for (int i = 0; i < 2; i++) {
            assertThat(calendar.book(callContext, REQUEST))
                    .isInstanceOfSatisfying(
                            PortResult.RetryLater.class,
                            it -> assertThat(it.reason()).isEqualTo(FailureReason.RATE_LIMITED));
        }
        assertRefused(calendar.book(callContext, REQUEST), FailureReason.BAD_INPUT, "Forbidden");
    }

    @Test
    void looksABookingUpByItsId() {
        provider.then(200, ours())
                .then(404, "{}")
                .then(410, "{}")
                .then(200, event("cancelled", callContext.effectKey()));
        assertThat(calendar.findBooking(callContext, REQUEST))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        it -> assertThat((Object) it.providerIds()).isEqualTo(List.of(GoogleEvent.id(callContext))));
        assertThat(calendar.findBooking(callContext, REQUEST)).isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.findBooking(callContext, REQUEST)).isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.findBooking(callContext, REQUEST)).isInstanceOf(LookupResult.Impossible.class);
        provider.then(500, "").then(200, "{\"id\":\"x\",\"start\":{\"date\":\"2026-11-24\"}}");
        assertThat(calendar.findBooking(callContext, REQUEST)).isInstanceOf(LookupResult.Unavailable.class);
        assertThat(calendar.findBooking(callContext, REQUEST)).isInstanceOf(LookupResult.Unavailable.class);
    }

    @Test
    void repeatedCancellationsSucceed() {
        BookingId id = new BookingId("abc");
        provider.then(204, "").then(410, "{}").then(404, "{}").thenNothing();
        for (int i = 0; i < 3; i++) {
            assertThat(calendar.cancel(callContext, id)).isInstanceOf(PortResult.Succeeded.class);
        }
        assertThat(calendar.cancel(callContext, id)).isInstanceOf(PortResult.Unknown.class);
        assertThat(provider.seen().getFirst().method()).isEqualTo("DELETE");
        provider.then(410, "{}").then(200, event("cancelled", "x")).then(200, ours());
        assertThat(calendar.findCancellation(callContext, id)).isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.findCancellation(callContext, id)).isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.findCancellation(callContext, id)).isInstanceOf(LookupResult.Absent.class);
    }
}
