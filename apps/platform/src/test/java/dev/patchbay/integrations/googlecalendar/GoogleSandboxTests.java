package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort.Booking;
import dev.patchbay.flows.spi.CalendarPort.BookingId;
import dev.patchbay.flows.spi.CalendarPort.BookingRequest;
import dev.patchbay.flows.spi.CalendarPort.SlotSearch;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Quota;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.integrations.SandboxWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleSandboxTests {

    private final OffsetDateTime start =
            OffsetDateTime.now(TestHttp.NEW_YORK).plusDays(2).truncatedTo(ChronoUnit.HOURS);
    private final BookingRequest request = new BookingRequest("c1", start, 30, "Drain cleaning", null, null);
    private final OutgoingHttp http = TestHttp.checking();
    private final GoogleCalendar calendar = new GoogleCalendar(http, Clock.systemUTC());
    private SandboxWorld world;
    private String token;
    private Act act;

    @BeforeEach
    void start(@TempDir Path books) {
        world = new SandboxWorld(books);
        token = new GoogleTokens(http, Clock.systemUTC())
                .refresh(
                        world.account(
                                "google",
                                "{}",
                                Map.of("client_id", "g", "client_secret", "g-secret", "refresh_token", "g-refresh")),
                        java.util.Optional.empty())
                .accessToken();
        act = act("run_1/do/book", Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws IOException {
        world.close();
        http.destroy();
    }

    private Act act(String effect, Duration window) {
        return TestHttp.act(
                world.account("google", "{}", Map.of("access_token", token)),
                "{\"calendarId\":\"acme@calendar.example\"}",
                effect,
                Window.opening(window),
                unheard -> {});
    }

    @Test
    void booksOnceHoweverOftenItIsAsked() {
        Answer<Booking> first = calendar.book(act, request);
        assertThat(first).isInstanceOf(Answer.Done.class);
        assertThat(calendar.book(act, request)).isEqualTo(first);
        assertThat(world.books("/google/events")).hasSize(1);
        assertThat(world.books("/google/events/0/extendedProperties/private/patchbayContact")
                        .asString())
                .isEqualTo("c1");
    }

    @Test
    void refusesATimeThatAnotherBookingHolds() {
        calendar.book(act, request);
        assertThat(calendar.book(act("run_2/do/book", Duration.ofSeconds(10)), request))
                .isInstanceOfSatisfying(
                        Answer.Refused.class, it -> assertThat(it.reason()).isEqualTo(Reason.NO_SLOT));
        assertThat(world.books("/google/events")).hasSize(1);
    }

    @Test
    void findsABookingWhoseAnswerWasLost() {
        assertThat(calendar.findBooking(act, request)).isInstanceOf(LookUp.Absent.class);
        world.fault("google", "events.insert", "lost_response", 0);
        assertThat(calendar.book(act, request)).isInstanceOf(Answer.Lost.class);
        assertThat(calendar.findBooking(act, request)).isInstanceOf(LookUp.Found.class);
        assertThat(calendar.book(act, request)).isInstanceOf(Answer.Done.class);
        assertThat(world.books("/google/events")).hasSize(1);
    }

    @Test
    void tellsFaultsApart() {
        world.fault("google", "events.insert", "429", 0);
        assertThat(calendar.book(act, request)).isInstanceOf(Answer.TryLater.class);
        world.fault("google", "events.insert", "500", 0);
        assertThat(calendar.book(act, request)).isInstanceOf(Answer.Lost.class);
        world.fault("google", "events.insert", "slow", 3000);
        assertThat(calendar.book(act("run_3/do/book", Duration.ofSeconds(1)), request))
                .isInstanceOf(Answer.Lost.class);
    }

    @Test
    void cancelsAndKnowsThatACancelledBookingIsNotDone() {
        BookingId id = new BookingId(((Answer.Done<Booking>) calendar.book(act, request)).providerId());
        assertThat(calendar.findCancellation(act, id)).isInstanceOf(LookUp.Absent.class);
        assertThat(calendar.cancel(act, id)).isInstanceOf(Answer.Done.class);
        assertThat(calendar.cancel(act, id)).isInstanceOf(Answer.Done.class);
        assertThat(calendar.findCancellation(act, id)).isInstanceOf(LookUp.Found.class);
        assertThat(calendar.findBooking(act, request)).isInstanceOf(LookUp.Impossible.class);
        assertThat(calendar.book(act, request)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aBookingThatWasCancelledIsMadeAgainUnderItsNextGenerationOnly() {
        Act first = act("run_1/book/0/0", Duration.ofSeconds(10));
        Act again = act("run_1/book/0/1", Duration.ofSeconds(10));
        BookingId id = new BookingId(((Answer.Done<Booking>) calendar.book(first, request)).providerId());
        calendar.cancel(first, id);

        assertThat(calendar.book(first, request)).isInstanceOf(Answer.Refused.class);
        assertThat(calendar.book(again, request)).isInstanceOf(Answer.Done.class);
        assertThat(world.books("/google/events"))
                .extracting(event -> event.path("status").asString())
                .containsExactly("cancelled", "confirmed");
    }

    @Test
    void statesWhatAnAccountAllows() {
        assertThat(calendar.quotas("calendar.book", act.account(), act.binding()))
                .containsExactly(new Quota("minute", 600, Duration.ofMinutes(1), 3));
        var larger = world.account("google", "{\"requestsPerMinute\":6000}", Map.of());
        assertThat(calendar.quotas("calendar.cancel", larger, act.binding()))
                .containsExactly(new Quota("minute", 6000, Duration.ofMinutes(1)));
    }

    @Test
    void offersFreeTimesAndRefusesACalendarThatIsNotThere() {
        SlotSearch search = new SlotSearch(start, start.plusDays(7), 30);
        assertThat(calendar.findSlots(act, search)).isInstanceOf(Answer.Done.class);
        Act elsewhere = TestHttp.act(act.account(), "{\"calendarId\":\"no@calendar.example\"}");
        assertThat(calendar.findSlots(elsewhere, search)).isInstanceOf(Answer.Refused.class);
    }
}
