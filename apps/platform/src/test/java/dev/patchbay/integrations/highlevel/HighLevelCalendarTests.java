package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.spi.CalendarPort.AppointmentSearch;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.effects.spi.CalendarPort.Standing;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.integrations.SandboxFixture;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** HighLevel's calendar against the sandbox. The client is in New York. */
class HighLevelCalendarTests {

    private static final OffsetDateTime TEN = OffsetDateTime.parse("2031-03-03T10:00-05:00");
    private static final PersonDetails ADA = new PersonDetails("Ada King Lovelace", "+14155550123", null, "Cleaning");

    private final OutgoingHttp http = TestHttp.checking();
    private final HighLevelCalendar calendar = new HighLevelCalendar(http, TestHttp.settings(), Clock.systemUTC());
    private SandboxFixture sandbox;
    private CallContext callContext;

    @BeforeEach
    void start(@TempDir Path directory) {
        sandbox = new SandboxFixture(directory);
        callContext = callContext("live:call 1/book/0/0");
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
        http.destroy();
    }

    private CallContext callContext(String effect) {
        return callContext(effect, "{\"calendarId\":\"cal_1\",\"assignedUserId\":\"usr_1\"}", "hl-access");
    }

    private CallContext callContext(String effect, String binding, String token) {
        var account = sandbox.account("highlevel", "{\"locationId\":\"loc_1\"}", Map.of("access_token", token));
        return TestHttp.callContext(
                account, binding, effect, Window.startingNow(Duration.ofSeconds(10)), unheard -> {});
    }

    private static BookingRequest request(OffsetDateTime start, @Nullable String hold, @Nullable PersonDetails person) {
        return new BookingRequest("+14155550123", start, 30, null, null, hold, person, null);
    }

    private static <T> T value(PortResult<T> result) {
        assertThat(result).isInstanceOf(PortResult.Succeeded.class);
        return ((PortResult.Succeeded<T>) result).value();
    }

    private Booking book(OffsetDateTime start) {
        return value(calendar.book(callContext, request(start, null, ADA)));
    }

    private Hold hold(OffsetDateTime start) {
        return value(calendar.hold(
                callContext("live:call 1/hold/0/0"),
                new HoldRequest("+14155550123", start, 30, null, null, null, null, null, null)));
    }

    private JsonNode stored() {
        return sandbox.readState("/highlevel/appointments/0");
    }

    @Test
    void aBookingIsAnAppointmentOfThePersonsContact() {
        Booking booking = book(TEN);

        assertThat(booking.start()).isEqualTo(TEN);
        assertThat(booking.startLocal()).isEqualTo("Mon, Mar 3, 10:00 AM");
        assertThat(stored().path("title").asString()).isEqualTo("Cleaning: Ada King Lovelace");
        assertThat(stored().path("assignedUserId").asString()).isEqualTo("usr_1");
        assertThat(stored().path("description").asString())
                .contains("Phone: +14155550123")
                .endsWith("Patchbay: live%3Acall+1%2Fbook%2F0%2F0");
        JsonNode contact = sandbox.readState("/highlevel/contacts/0");
        assertThat(stored().path("contactId")).isEqualTo(contact.path("id"));
        assertThat(contact.path("lastName").asString()).isEqualTo("Lovelace");
        assertThat(calendar.findBooking(callContext, request(TEN, null, ADA))).isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.findBooking(callContext("other"), request(TEN, null, ADA)))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    void aRepeatMakesNoSecondAppointment() {
        Booking first = book(TEN);

        assertThat(book(TEN)).isEqualTo(first);
        assertThat(sandbox.readState("/highlevel/appointments")).hasSize(1);
    }

    @Test
    void aPersonWithoutNumberAndAddressCannotBook() {
        var nobody = new BookingRequest("unknown caller", TEN, 30, null, null, null, null, null);
        assertThat(calendar.book(callContext, nobody)).isInstanceOf(PortResult.Rejected.class);

        var byMail = new BookingRequest(
                "unknown caller",
                TEN,
                30,
                null,
                null,
                null,
                new PersonDetails("Ada", null, "ada@example.com", null),
                null);
        value(calendar.book(callContext, byMail));
        assertThat(sandbox.readState("/highlevel/contacts/0/firstName").asString())
                .isEqualTo("Ada");

        String id = sandbox.readState("/highlevel/contacts/0/id").asString();
        var byId = new BookingRequest(id, TEN.plusHours(1), 30, null, null, null, null, null);
        value(calendar.book(callContext("run_1/do/book/0/0"), byId));
        assertThat(sandbox.readState("/highlevel/contacts")).hasSize(1);
    }

    @Test
    void aHoldBecomesTheBookingAndAnAppointmentThatIsGoneIsMadeAnew() {
        Hold held = hold(TEN);
        assertThat(stored().path("appointmentStatus").asString()).isEqualTo("new");
        assertThat(calendar.findHold(
                        callContext("live:call 1/hold/0/0"),
                        new HoldRequest("+14155550123", TEN, 30, null, null, null, null, null, null)))
                .isInstanceOf(LookupResult.Found.class);

        Booking booked = value(calendar.book(callContext, request(TEN.plusMinutes(15), held.id(), ADA)));

        assertThat(booked.id()).isEqualTo(held.id());
        assertThat(stored().path("appointmentStatus").asString()).isEqualTo("confirmed");
        assertThat(calendar.findBooking(callContext, request(TEN, held.id(), ADA)))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(calendar.findBooking(callContext("x"), request(TEN, held.id(), ADA)))
                .isInstanceOf(LookupResult.Absent.class);
        assertThat(calendar.findBooking(callContext("x"), request(TEN, "gone", ADA)))
                .isInstanceOf(LookupResult.Absent.class);
        value(calendar.cancel(callContext, new BookingId(booked.id())));
        assertThat(value(calendar.book(callContext("again"), request(TEN, held.id(), ADA)))
                        .id())
                .isNotEqualTo(held.id());
        assertThat(value(calendar.book(callContext("anew"), request(TEN.plusHours(1), "gone", ADA)))
                        .id())
                .isNotEqualTo(held.id());
    }

    @Test
    void aHoldIsRemovedAndABookingIsShownAsCancelled() {
        Hold held = hold(TEN);
        Booking booked = book(TEN.plusHours(1));

        value(calendar.cancel(callContext, new BookingId(held.id())));
        value(calendar.cancel(callContext, new BookingId(booked.id())));

        assertThat(sandbox.readState("/highlevel/appointments")).hasSize(1);
        assertThat(stored().path("appointmentStatus").asString()).isEqualTo("cancelled");
        for (String id : List.of(held.id(), booked.id())) {
            assertThat(value(calendar.cancel(callContext, new BookingId(id))).cancelled())
                    .isTrue();
            assertThat(calendar.findCancellation(callContext, new BookingId(id)))
                    .isInstanceOf(LookupResult.Found.class);
            assertThat(value(calendar.findStanding(callContext, new BookingId(id))))
                    .isEqualTo(new Standing(Optional.empty()));
        }
    }

    @Test
    void anAppointmentIsMovedAndCarriesTheNewMark() {
        Booking booked = book(TEN);
        assertThat(calendar.findCancellation(callContext, new BookingId(booked.id())))
                .isInstanceOf(LookupResult.Absent.class);
        var request = new MoveRequest(booked.id(), TEN.plusDays(1), 45, null);
        assertThat(calendar.findMove(callContext("move"), request)).isInstanceOf(LookupResult.Absent.class);

        Booking moved = value(calendar.move(callContext("move"), request));

        assertThat(moved.end()).isEqualTo(TEN.plusDays(1).plusMinutes(45));
        assertThat(calendar.findMove(callContext("move"), request)).isInstanceOf(LookupResult.Found.class);
        assertThat(stored().path("description").asString())
                .contains("Cleaning")
                .endsWith("Patchbay: move")
                .containsOnlyOnce("Patchbay: ");
        assertThat(value(calendar.findStanding(callContext, new BookingId(booked.id())))
                        .slot())
                .hasValueSatisfying(slot -> assertThat(slot.start()).isEqualTo(TEN.plusDays(1)));
        assertThat(calendar.move(callContext("move"), new MoveRequest("gone", TEN, 30, null)))
                .isInstanceOf(PortResult.Rejected.class);
        assertThat(calendar.findMove(callContext("move"), new MoveRequest("gone", TEN, 30, null)))
                .isInstanceOf(LookupResult.Absent.class);
        value(calendar.cancel(callContext, new BookingId(booked.id())));
        assertThat(calendar.move(callContext("move"), request)).isInstanceOf(PortResult.Rejected.class);
    }

    @Test
    void freeTimesAreThoseThatHighLevelOffersAndOurOwn() {
        Booking booked = book(TEN);
        put("blocked", "12:00", "13:00");
        put("cancelled", "15:00", "15:30");

        BusyTimes times = value(calendar.findBusy(callContext, TEN.minusHours(2), TEN.plusHours(10)));

        assertThat(times.busy()).hasSize(2);
        assertThat(times.busy().getFirst().id()).contains(booked.id());
        assertThat(times.busy().getFirst().effectKey()).contains(callContext.effectKey());
        assertThat(times.busy().getLast().id()).isEmpty();
        assertThat(times.offered().orElseThrow())
                .extracting(slot -> slot.start().toLocalTime().toString())
                .contains("09:30", "10:00", "10:30", "13:00", "15:00")
                .doesNotContain("12:00", "12:30");
        assertThat(value(calendar.findBusy(callContext, TEN, TEN.plusDays(100)))
                        .offered()
                        .orElseThrow())
                .hasSizeGreaterThan(2000);
        assertThat(calendar.findBusy(callContext("x", "{\"calendarId\":\"cal_1\"}", "wrong"), TEN, TEN.plusDays(1)))
                .isInstanceOf(PortResult.Unauthorized.class);
    }

    @Test
    void withoutItsFreeSlotsACalendarIsNotRead() {
        sandbox.injectFault("highlevel", "freeSlots.list", "500", 0);

        assertThat(calendar.findBusy(callContext, TEN, TEN.plusDays(1))).isInstanceOf(PortResult.RetryLater.class);
    }

    /** An entry that people of the location make. */
    private void put(String status, String from, String to) {
        sandbox.request(
                "POST",
                "/highlevel/calendars/events/appointments",
                Json.write(Json.object()
                        .put("locationId", "loc_1")
                        .put("calendarId", "cal_1")
                        .put("contactId", "c_1")
                        .put("appointmentStatus", status)
                        .put("startTime", "2031-03-03T" + from + ":00-05:00")
                        .put("endTime", "2031-03-03T" + to + ":00-05:00")),
                "hl-access");
    }

    @Test
    void thePersonsAppointmentsAheadAreFound() {
        Booking booked = book(TEN);
        hold(TEN.plusHours(2));
        String contact = stored().path("contactId").asString();

        for (var search : List.of(
                new AppointmentSearch("+14155550123", "+14155550123"),
                new AppointmentSearch("+14155550123", null),
                new AppointmentSearch(contact, null))) {
            assertThat(value(calendar.find(callContext, search)).appointments()).containsExactly(booked);
        }
        assertThat(value(calendar.find(callContext, new AppointmentSearch("+14155550999", null))))
                .isEqualTo(new FoundAppointments(List.of()));
        assertThat(value(calendar.find(
                                callContext("x", "{\"calendarId\":\"cal_2\"}", "hl-access"),
                                new AppointmentSearch(contact, null)))
                        .appointments())
                .isEmpty();
    }

    @Test
    void aCalendarIsNamedByItsId() {
        assertThat(calendar.title()).isEqualTo("HighLevel");
        assertThat(calendar.calendar(callContext.account(), callContext.binding()))
                .isEqualTo("highlevel:cal_1");
        assertThat(calendar.quotas("calendar.book", callContext.account(), callContext.binding()))
                .hasSize(2)
                .allMatch(quota -> quota.cost() == 8);
        assertThat(calendar.quotas("", callContext.account(), callContext.binding()))
                .allMatch(quota -> quota.cost() == 1);
    }
}
