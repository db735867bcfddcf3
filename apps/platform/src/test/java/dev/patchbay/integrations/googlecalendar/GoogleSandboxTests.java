package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.spi.CalendarPort.AppointmentSearch;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.integrations.SandboxFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleSandboxTests {

    private final OffsetDateTime start =
            OffsetDateTime.now(TestHttp.NEW_YORK).plusDays(2).truncatedTo(ChronoUnit.HOURS);
    private final BookingRequest request =
            new BookingRequest("c1", start, 30, "Drain cleaning", null, null, null, null);
    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar = new GoogleCalendar(http, TestHttp.settings(), Clock.systemUTC());
    private SandboxFixture sandbox;
    private String token;
    private CallContext callContext;

    @BeforeEach
    void start(@TempDir Path books) {
        sandbox = new SandboxFixture(books);
        token = new GoogleTokenRefresher(http, Clock.systemUTC())
                .refresh(
                        sandbox.account(
                                "google",
                                "{}",
                                Map.of("client_id", "g", "client_secret", "g-secret", "refresh_token", "g-refresh")),
                        java.util.Optional.empty())
                .accessToken();
        callContext = callContext("run_1/do/book", Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
        http.destroy();
    }

    private CallContext callContext(String effect, Duration window) {
        return TestHttp.callContext(
                sandbox.account("google", "{}", Map.of("access_token", token)),
                "{\"calendarId\":\"acme@calendar.example\"}",
                effect,
                Window.startingNow(window),
                unheard -> {});
    }

    @Test
    void repeatedBookingsMakeOneEvent() {
        PortResult<Booking> first = calendar.book(callContext, request);
        assertThat(first).isInstanceOf(PortResult.Succeeded.class);
        assertThat(calendar.book(callContext, request)).isEqualTo(first);
        assertThat(sandbox.readState("/google/events")).hasSize(1);
        assertThat(sandbox.readState("/google/events/0/extendedProperties/private/patchbayContact")
                        .asString())
                .isEqualTo("c1");
    }

    @Test
    void findsABookingWhoseResponseWasLost() {
        assertThat(calendar.findBooking(callContext, request)).isInstanceOf(LookupResult.Absent.class);
        sandbox.injectFault("google", "events.insert", "lost_response", 0);
        assertThat(calendar.book(callContext, request)).isInstanceOf(PortResult.Unknown.class);
        assertThat(calendar.findBooking(callContext, request)).isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.book(callContext, request)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(sandbox.readState("/google/events")).hasSize(1);
    }

    @Test
    void classifiesFaults() {
        sandbox.injectFault("google", "events.insert", "429", 0);
        assertThat(calendar.book(callContext, request)).isInstanceOf(PortResult.RetryLater.class);
        sandbox.injectFault("google", "events.insert", "500", 0);
        assertThat(calendar.book(callContext, request)).isInstanceOf(PortResult.Unknown.class);
        sandbox.injectFault("google", "events.insert", "slow", 3000);
        assertThat(calendar.book(callContext("run_3/do/book", Duration.ofSeconds(1)), request))
                .isInstanceOf(PortResult.Unknown.class);
    }

    @Test
    void aCancelledBookingDoesNotCountAsBooked() {
        BookingId id =
                new BookingId(((PortResult.Succeeded<Booking>) calendar.book(callContext, request)).providerId());
        assertThat(calendar.findCancellation(callContext, id)).isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.cancel(callContext, id)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(calendar.cancel(callContext, id)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(calendar.findCancellation(callContext, id)).isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.findBooking(callContext, request)).isInstanceOf(LookupResult.Impossible.class);
        assertThat(calendar.book(callContext, request)).isInstanceOf(PortResult.Rejected.class);
    }

    @Test
    void aBookingThatWasCancelledIsMadeAgainUnderItsNextGenerationOnly() {
        CallContext first = callContext("run_1/book/0/0", Duration.ofSeconds(10));
        CallContext again = callContext("run_1/book/0/1", Duration.ofSeconds(10));
        BookingId id = new BookingId(((PortResult.Succeeded<Booking>) calendar.book(first, request)).providerId());
        calendar.cancel(first, id);

        assertThat(calendar.book(first, request)).isInstanceOf(PortResult.Rejected.class);
        assertThat(calendar.book(again, request)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(sandbox.readState("/google/events"))
                .extracting(event -> event.path("status").asString())
                .containsExactly("cancelled", "confirmed");
    }

    @Test
    void statesTheQuotasOfAnAccount() {
        assertThat(calendar.quotas("calendar.book", callContext.account(), callContext.binding()))
                .containsExactly(new Quota("minute", 600, Duration.ofMinutes(1), 3));
        var larger = sandbox.account("google", "{\"requestsPerMinute\":6000}", Map.of());
        assertThat(calendar.quotas("calendar.cancel", larger, callContext.binding()))
                .containsExactly(new Quota("minute", 6000, Duration.ofMinutes(1)));
    }

    @Test
    void listsItsOwnEventsAndRefusesAnUnknownCalendar() {
        calendar.book(callContext, request);
        assertThat(calendar.findBusy(callContext, start, start.plusDays(200)))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((BusyTimes) it.value()).busy())
                                .extracting(BusyTime::effectKey)
                                .containsExactly(Optional.of(callContext.effectKey())));
        assertThat(calendar.find(callContext, new AppointmentSearch("c1", null)))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((FoundAppointments) it.value()).appointments())
                                .hasSize(1));
        CallContext elsewhere = TestHttp.callContext(callContext.account(), "{\"calendarId\":\"no@calendar.example\"}");
        assertThat(calendar.findBusy(elsewhere, start, start.plusDays(7))).isInstanceOf(PortResult.Rejected.class);
    }
}
