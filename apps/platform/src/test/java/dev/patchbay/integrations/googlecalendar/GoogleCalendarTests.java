package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import dev.patchbay.effects.spi.CalendarPort.Slots;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleCalendarTests {

    private static final Instant NOW = Instant.parse("2026-11-23T15:10:00Z");
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-24T15:30:00Z");
    private static final BookingRequest REQUEST = new BookingRequest("c1", START, 30, null, null, null);
    private static final String FREE = "{\"calendars\":{\"cal@x\":{\"busy\":[]}}}";
    private static final String TAKEN =
            "{\"calendars\":{\"cal@x\":{\"busy\":[{\"start\":\"2026-11-24T15:00:00Z\",\"end\":\"2026-11-24T15:45:00Z\"}]}}}";

    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar = new GoogleCalendar(http, Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private CallContext callContext;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        callContext = act("{\"calendarId\":\"cal@x\"}");
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private CallContext act(String binding) {
        return TestHttp.act(
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
        provider.then(200, FREE).then(200, ours());
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOfSatisfying(PortResult.Succeeded.class, it -> {
            Booking booking = (Booking) it.value();
            assertThat(booking.startLocal()).isEqualTo("Tue, Nov 24, 10:30 AM");
            assertThat(booking.link()).isEqualTo("https://g/e");
            assertThat(it.providerId()).matches("[0-9a-v]{52}");
        });
        assertThat(provider.seen().getFirst().path()).isEqualTo("/calendar/v3/freeBusy");
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
    void refusesATimeThatIsTakenOrPast() {
        provider.then(200, TAKEN).then(404, "{}");
        assertRefused(calendar.book(callContext, REQUEST), FailureReason.NO_SLOT, "Tue, Nov 24, 10:30 AM is taken");
        provider.then(404, "{}");
        BookingRequest past = new BookingRequest("c1", START.minusDays(2), 30, "T", "D", null);
        assertRefused(calendar.book(callContext, past), FailureReason.NO_SLOT, "in the past");
    }

    @Test
    void aTimeTakenByTheOwnBookingCountsAsBooked() {
        provider.then(200, TAKEN).then(200, ours());
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Succeeded.class);
    }

    @Test
    void aDuplicateCountsAsBookedUnlessItWasCancelledOrIsForeign() {
        provider.then(200, FREE).then(409, "{}").then(200, ours());
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Succeeded.class);
        provider.then(200, FREE).then(409, "{}").then(200, event("cancelled", callContext.effectKey()));
        assertRefused(calendar.book(callContext, REQUEST), FailureReason.UNKNOWN_OUTCOME, "cancelled");
        provider.then(200, FREE).then(409, "{}").then(200, event("confirmed", "run_2/do/book"));
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Rejected.class);
    }

    @Test
    void aLostResponseLeavesTheBookingUnknown() {
        provider.then(200, FREE).thenNothing().then(200, FREE).then(500, "");
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Unknown.class);
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Unknown.class);
    }

    @Test
    void booksNothingWithoutFreeBusyInformation() {
        provider.then(500, "").then(401, "{}").then(200, "{\"calendars\":{}}");
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.RetryLater.class);
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.Unauthorized.class);
        assertThat(calendar.book(callContext, REQUEST)).isInstanceOf(PortResult.RetryLater.class);
        provider.then(200, "{\"calendars\":{\"cal@x\":{\"errors\":[{\"reason\":\"notFound\"}],\"busy\":[]}}}");
        assertRefused(calendar.book(callContext, REQUEST), FailureReason.BAD_INPUT, "cal@x");
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

    @Test
    void offersFreeTimesInOpeningHours() {
        provider.then(200, TAKEN);
        OffsetDateTime day = OffsetDateTime.parse("2026-11-24T00:00:00-05:00");
        assertThat(calendar.findSlots(callContext, new SlotSearch(day, day.plusDays(1), 30)))
                .isInstanceOfSatisfying(PortResult.Succeeded.class, it -> {
                    Slots found = (Slots) it.value();
                    assertThat(found.slots()).hasSize(14);
                    assertThat(found.slots().getFirst().start()).hasToString("2026-11-24T09:00-05:00");
                    assertThat(found.slots()).noneMatch(slot -> slot.start().isEqual(START));
                });
    }

    @Test
    void offersNoPastSlotsAndRefusesMalformedOpeningHours() {
        OffsetDateTime day = OffsetDateTime.parse("2026-11-22T00:00:00-05:00");
        assertThat(calendar.findSlots(callContext, new SlotSearch(day, day.plusDays(1), 30)))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class, it -> assertThat(it.value()).isEqualTo(new Slots(List.of())));
        provider.then(200, "{\"calendars\":{\"primary\":{\"busy\":[]}}}");
        assertThat(calendar.findSlots(act("{}"), new SlotSearch(day, day.plusDays(2), 30)))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((Slots) it.value()).slots().getFirst().start())
                                .hasToString("2026-11-23T10:30-05:00"));
        CallContext nonsense = act("{\"hours\":{\"days\":[\"SOMEDAY\"]}}");
        assertRefused(
                calendar.findSlots(nonsense, new SlotSearch(day, day.plusDays(2), 30)),
                FailureReason.BAD_INPUT,
                "hours");
    }
}
