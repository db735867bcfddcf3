package dev.patchbay.effects.internal.calendar;

import static dev.patchbay.effects.internal.calendar.CalendarFixture.TENANT;
import static dev.patchbay.effects.internal.calendar.CalendarFixture.at;
import static dev.patchbay.effects.internal.calendar.CalendarFixture.failure;
import static dev.patchbay.effects.internal.calendar.CalendarFixture.newCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.OwnAppointments;
import dev.patchbay.effects.internal.calendar.CalendarFixture.Practice;
import dev.patchbay.effects.internal.calendar.FakeCalendar.Fault;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The actions of one call may change its own appointment; everybody else is told that the time is taken. */
@PatchbayTest
class ReservationTests {

    private static final String TEN = "2031-03-04T10:00:00-06:00";
    private static final String QUARTER_PAST_TEN = "2031-03-04T10:15:00-06:00";
    private static final String ELEVEN = "2031-03-04T11:00:00-06:00";

    @Autowired
    private CalendarFixture fixture;

    @Autowired
    private Effects effects;

    @Autowired
    private OwnAppointments ownAppointments;

    @Autowired
    private ReservationSweep sweep;

    private final CorrelationId call = newCall();
    private final CorrelationId otherCall = newCall();
    private Practice practice;

    @BeforeEach
    void newPractice() {
        practice = fixture.practice();
    }

    private static JsonNode value(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).value();
    }

    private static String id(Outcome outcome) {
        return value(outcome).path("id").asString();
    }

    private Outcome book(CorrelationId who, String start, int minutes) {
        return practice.finish(practice.inCall(who, "calendar.book", at(start, minutes)));
    }

    private void assertTaken(Outcome outcome) {
        assertThat(failure(outcome))
                .hasValueSatisfying(words -> assertThat(words).startsWith("NO_SLOT"));
    }

    @Test
    void anOverlappingTimeIsTakenForOthers() {
        assertThat(book(call, TEN, 60)).isInstanceOf(Outcome.Succeeded.class);
        assertTaken(book(otherCall, "2031-03-04T10:30:00-06:00", 30));
        assertTaken(practice.finish(practice.inFlow(otherCall, "calendar.hold", at(QUARTER_PAST_TEN, 15))));
        assertThat(book(otherCall, ELEVEN, 30)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(practice.calendar.events()).hasSize(2);
    }

    @Test
    void aFlowGoesOnWithTheBookingOfItsCall() {
        String booked = id(book(call, TEN, 30));

        assertThat(id(practice.finish(practice.inFlow(call, "calendar.book", at(TEN, 30)))))
                .isEqualTo(booked);
        JsonNode longer = value(practice.finish(practice.inFlow(call, "calendar.book", at(TEN, 60))));
        assertThat(longer.path("id").asString()).isEqualTo(booked);
        assertThat(longer.path("end").asString())
                .as("what was agreed on the phone")
                .isEqualTo("2031-03-04T10:30:00-06:00");
        assertTaken(practice.finish(practice.inFlow(call, "calendar.book", at(QUARTER_PAST_TEN, 30))));
        assertThat(practice.calendar.events()).hasSize(1);
    }

    @Test
    void aFlowThatBooksAgainForItsCallIsNotAnotherCaller() {
        String booked = id(practice.finish(practice.inFlow(call, "calendar.book", at(TEN, 30))));
        assertThat(id(practice.finish(practice.inFlow(call, "calendar.book", at(TEN, 30)))))
                .isEqualTo(booked);
    }

    @Test
    void runsThatShareAnIdOfTheirClientsAreStrangers() {
        var shared = new CorrelationId("n8n-nightly");
        practice.finish(practice.inFlow(shared, "calendar.book", at(TEN, 30)));
        assertTaken(practice.finish(practice.inFlow(shared, "calendar.book", at(TEN, 30))));
    }

    @Test
    void aCallsOwnHoldIsNeverInItsWay() {
        String held = id(practice.finish(practice.inCall(call, "calendar.hold", at(TEN, 30))));
        assertTaken(book(otherCall, TEN, 30));

        String longerHold = id(practice.finish(practice.inCall(call, "calendar.hold", at(TEN, 45))));
        assertThat(longerHold).isEqualTo(held);
        assertThat(id(book(call, QUARTER_PAST_TEN, 60))).isEqualTo(held);
        assertThat(practice.calendar.events()).singleElement().satisfies(event -> {
            assertThat(event.tentative()).isFalse();
            assertThat(event.slot().start()).isEqualTo(OffsetDateTime.parse(QUARTER_PAST_TEN));
        });
        assertThat(book(otherCall, "2031-03-04T09:45:00-06:00", 30))
                .as("the hold's own time is free again")
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void aCallerMayMakeItsBookingLonger() {
        String booked = id(book(call, TEN, 30));
        assertThat(id(book(call, TEN, 60))).isEqualTo(booked);
        assertTaken(book(otherCall, "2031-03-04T10:45:00-06:00", 30));
        assertThat(ownAppointments.find(TENANT, call)).singleElement().satisfies(own -> {
            assertThat(own.minutes()).isEqualTo(60);
            assertThat(own.held()).isFalse();
        });
    }

    @Test
    void aBookingThatCannotBeMadeLongerStaysAsItIs() {
        book(call, TEN, 30);
        book(otherCall, "2031-03-04T10:30:00-06:00", 30);
        assertTaken(book(call, TEN, 60));
        assertThat(practice.reservations()).hasSize(2).allMatch(it -> it.act().isEmpty());
    }

    @Test
    void movingFreesTheOldTimeOnlyWhenItIsDone() {
        String booked = id(book(call, TEN, 30));
        book(otherCall, ELEVEN, 30);
        ObjectNode toEleven =
                Json.object().put("id", booked).put("start", ELEVEN).put("minutes", 30);
        assertTaken(practice.finish(practice.inCall(call, "calendar.move", toEleven)));
        assertTaken(book(newCall(), TEN, 30));

        ObjectNode toNoon = toEleven.deepCopy().put("start", "2031-03-04T12:00:00-06:00");
        assertThat(id(practice.finish(practice.inCall(call, "calendar.move", toNoon))))
                .isEqualTo(booked);
        assertThat(book(newCall(), TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
        assertTaken(book(newCall(), "2031-03-04T12:00:00-06:00", 30));
    }

    @Test
    void cancellingFreesTheTime() {
        String booked = id(book(call, TEN, 30));
        practice.finish(practice.inCall(call, "calendar.cancel", Json.object().put("id", booked)));
        assertThat(practice.reservations()).isEmpty();
        assertThat(book(otherCall, TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void aRefusedBookingFreesTheTime() {
        practice.calendar.failNext(Fault.REFUSED);
        assertThat(failure(book(call, TEN, 30)))
                .hasValueSatisfying(it -> assertThat(it).startsWith("BAD_INPUT"));
        assertThat(book(otherCall, TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void anUnknownOutcomeKeepsTheTimeUntilItIsKnown() {
        practice.calendar.failNext(Fault.LOST);
        var booking = practice.inCall(call, "calendar.book", at(TEN, 30));
        assertThat(practice.attempt(booking)).isInstanceOf(Outcome.Retry.class);
        assertTaken(book(otherCall, TEN, 30));
        assertThat(practice.attempt(practice.inFlow(call, "calendar.book", at(TEN, 30))))
                .as("its own flow waits")
                .isEqualTo(new Outcome.Deferred(Duration.ofSeconds(1)));

        practice.age(Duration.ofMinutes(3));
        assertThat(practice.attempt(practice.inFlow(call, "calendar.book", at(TEN, 30))))
                .isInstanceOf(Outcome.Retry.class);
        String booked = id(practice.finish(booking));
        assertThat(id(practice.finish(practice.inFlow(call, "calendar.book", at(TEN, 30)))))
                .isEqualTo(booked);
    }

    @Test
    void aPersonsAnswerConfirmsTheTime() {
        var booking = parkedBooking();
        assertThat(effects.confirmDone(
                        booking.key(),
                        Json.object()
                                .put("id", booking.key().text())
                                .put("start", TEN)
                                .put("end", "2031-03-04T10:30:00-06:00")
                                .put("startLocal", "soon")))
                .isTrue();
        assertThat(practice.reservations())
                .singleElement()
                .satisfies(it -> assertThat(it.standing()).isPresent());
        assertTaken(book(otherCall, TEN, 30));
    }

    @Test
    void aPersonsAnswerFreesTheTime() {
        var booking = parkedBooking();
        practice.calendar.remove(booking.key().text());
        assertThat(effects.confirmNotDone(booking.key())).isTrue();
        assertThat(practice.reservations()).isEmpty();
        assertThat(book(otherCall, TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
        assertTaken(practice.finish(booking));
    }

    private ActionRequest parkedBooking() {
        practice.calendar.failNext(Fault.LOST);
        practice.calendar.answerLookups(false);
        var booking = practice.inFlow(call, "calendar.book", at(TEN, 30));
        assertThat(practice.finish(booking)).isInstanceOf(Outcome.NeedsPerson.class);
        return booking;
    }

    @Test
    void anAppointmentThatPeopleRemovedIsInNobodysWay() {
        practice.calendar.remove(id(book(call, TEN, 30)));
        assertTaken(book(otherCall, TEN, 30));
        practice.age(Duration.ofMinutes(2));
        assertThat(book(newCall(), TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void anAppointmentThatPeopleMovedBlocksItsNewTime() {
        String booked = id(book(call, TEN, 30));
        practice.calendar.put(
                booked, new Slot(OffsetDateTime.parse(ELEVEN), OffsetDateTime.parse("2031-03-04T11:30:00-06:00")));
        practice.age(Duration.ofMinutes(2));
        assertThat(book(otherCall, TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
        assertTaken(book(newCall(), ELEVEN, 30));
        assertThat(practice.reservations()).hasSize(2);
    }

    @Test
    void eventsOfOthersAreInTheWay() {
        practice.calendar.put(
                "lunch", new Slot(OffsetDateTime.parse(TEN), OffsetDateTime.parse("2031-03-04T10:10:00-06:00")));
        assertTaken(book(call, TEN, 30));
        assertThat(practice.reservations()).isEmpty();
    }

    @Test
    void offersWhatCouldBeBooked() {
        book(otherCall, TEN, 30);
        practice.finish(practice.inCall(call, "calendar.hold", at(ELEVEN, 30)));
        var search = Json.object()
                .put("from", TEN)
                .put("to", "2031-03-04T12:00:00-06:00")
                .put("minutes", 30);
        assertThat(value(practice.attempt(practice.inCall(call, "calendar.findSlots", search)))
                        .findValuesAsString("start"))
                .as("its own hold is free for the call")
                .containsExactly("2031-03-04T10:30:00-06:00", "2031-03-04T11:00:00-06:00", "2031-03-04T11:30:00-06:00");
        assertThat(value(practice.attempt(practice.inCall(newCall(), "calendar.findSlots", search)))
                        .findValuesAsString("start"))
                .containsExactly("2031-03-04T10:30:00-06:00", "2031-03-04T11:30:00-06:00");
    }

    @Test
    void timesThatAreNotOfferedAreNotBooked() {
        practice = fixture.practice(Json.object()
                .put("bufferAfter", 15)
                .set("hours", Json.object().put("from", "09:00").put("to", "17:00")));
        assertThat(failure(book(call, "2031-03-02T10:00:00-06:00", 30)))
                .hasValueSatisfying(it -> assertThat(it).contains("outside the opening hours", "2031"));
        assertThat(failure(book(call, "2031-03-04T16:45:00-06:00", 30)))
                .hasValueSatisfying(it -> assertThat(it).contains("outside the opening hours"));
        assertThat(failure(book(call, "2025-03-04T10:00:00-06:00", 30)))
                .hasValueSatisfying(it -> assertThat(it).contains("in the past", "2025"));
        assertThat(practice.finish(practice.inFlow(
                        call,
                        "calendar.book",
                        at("2031-03-02T10:00:00-06:00", 30).put("outsideHours", true))))
                .isInstanceOf(Outcome.Succeeded.class);

        book(call, TEN, 30);
        assertTaken(book(otherCall, "2031-03-04T10:30:00-06:00", 30));
        assertThat(book(otherCall, "2031-03-04T10:45:00-06:00", 30)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void severalSeatsAreFilledWhateverTheOrder() {
        practice = fixture.practice(Json.object().put("capacity", 2));
        book(newCall(), TEN, 30);
        book(newCall(), ELEVEN, 60);
        book(newCall(), "2031-03-04T10:30:00-06:00", 60);
        assertThat(book(newCall(), TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(book(newCall(), "2031-03-04T11:30:00-06:00", 60))
                .as("room that first fit had scattered")
                .isInstanceOf(Outcome.Succeeded.class);
        assertTaken(book(newCall(), "2031-03-04T11:30:00-06:00", 30));
    }

    @Test
    void senselessSettingsAndTimesAreSaid() {
        practice = fixture.practice(Json.object().set("hours", Json.object().put("from", "9 o'clock")));
        assertThat(failure(book(call, TEN, 30)))
                .hasValueSatisfying(it -> assertThat(it).startsWith("BAD_INPUT").contains("settings"));
        var search = Json.object().put("from", TEN).put("to", ELEVEN).put("minutes", 30);
        assertThat(failure(practice.attempt(practice.inCall(call, "calendar.findSlots", search))))
                .hasValueSatisfying(it -> assertThat(it).startsWith("BAD_INPUT"));
        practice = fixture.practice();
        assertThat(failure(book(call, "2031-02-31T10:00:00-06:00", 30)))
                .hasValueSatisfying(it -> assertThat(it).startsWith("BAD_INPUT"));
    }

    @Test
    void timesOfAbandonedBookingsAreFreed() {
        practice.calendar.failNext(Fault.DOWN);
        var abandoned = practice.inFlow(call, "calendar.book", at(TEN, 30));
        assertThat(practice.attempt(abandoned)).isInstanceOf(Outcome.Retry.class);
        String booked = id(book(otherCall, ELEVEN, 30));
        practice.calendar.failNext(Fault.DOWN);
        var abandonedMove = practice.inFlow(
                otherCall,
                "calendar.move",
                Json.object()
                        .put("id", booked)
                        .put("start", "2031-03-04T12:00:00-06:00")
                        .put("minutes", 30));
        assertThat(practice.attempt(abandonedMove)).isInstanceOf(Outcome.Retry.class);
        sweep.runOnce();
        assertTaken(book(newCall(), TEN, 30));

        practice.ageEffect(abandoned, Duration.ofMinutes(3));
        practice.ageEffect(abandonedMove, Duration.ofMinutes(3));
        sweep.runOnce();
        assertThat(practice.reservations()).singleElement().satisfies(it -> {
            assertThat(it.act()).isEmpty();
            assertThat(it.spans()).hasSize(1);
        });
        assertThat(book(newCall(), TEN, 30)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void pastReservationsAreRemoved() {
        book(call, TEN, 30);
        practice.moveToThePast();
        sweep.runOnce();
        assertThat(practice.reservations()).isEmpty();
    }
}
