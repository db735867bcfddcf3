package dev.patchbay.effects.internal.calendar;

import static dev.patchbay.effects.internal.calendar.CalendarFixture.at;
import static dev.patchbay.effects.internal.calendar.CalendarFixture.newCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.calendar.CalendarFixture.Practice;
import dev.patchbay.effects.internal.calendar.FakeCalendar.Event;
import dev.patchbay.effects.internal.calendar.FakeCalendar.Fault;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Many callers and flows want overlapping times of one calendar at once, while it is slow and fails. */
@PatchbayTest
class ReservationRaceTests {

    private static final OffsetDateTime NINE = OffsetDateTime.parse("2031-03-04T09:00:00-06:00");
    private static final int CALLERS = 120;
    private static final int TIMES = 20;

    @Autowired
    private CalendarFixture fixture;

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void noMomentHasMoreOwnersThanSeatsAndEverybodyIsToldTheTruth(int seats) throws Exception {
        Practice practice = fixture.practice(Json.object().put("capacity", seats));
        practice.calendar.slowDown(Duration.ofMillis(20));
        List<Fault> faults = List.of(Fault.values());
        for (int fault = 0; fault < CALLERS / 4; fault++) {
            practice.calendar.failNext(faults.get(random.nextInt(faults.size())));
        }
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        List<Callable<Void>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            ActionRequest request = request(practice, caller % 2 == 0);
            callers.add(() -> {
                outcomes.put(request.key().text(), practice.finish(request));
                return null;
            });
        }
        runAtOnce(callers);

        List<Event> events = practice.calendar.events();
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(standingAt(events, event.slot().start())).isLessThanOrEqualTo(seats);
            assertThat(outcomes.get(event.id())).isInstanceOf(Outcome.Succeeded.class);
        });
        outcomes.forEach((key, outcome) -> assertThat(outcome instanceof Outcome.Succeeded)
                .as(key)
                .isEqualTo(events.stream().anyMatch(event -> event.id().equals(key))));
        assertThat(practice.reservations())
                .hasSameSizeAs(events)
                .allSatisfy(it -> assertThat(it.act()).isEmpty());
    }

    private static long standingAt(List<Event> events, OffsetDateTime moment) {
        return events.stream()
                .filter(it ->
                        !it.slot().start().isAfter(moment) && it.slot().end().isAfter(moment))
                .count();
    }

    private ActionRequest request(Practice practice, boolean live) {
        var input = at(NINE.plusMinutes(15L * random.nextInt(TIMES)).toString(), 30 + 15 * random.nextInt(3));
        return live
                ? practice.inCall(newCall(), "calendar.book", input)
                : practice.inFlow(newCall(), "calendar.book", input);
    }

    private static void runAtOnce(List<Callable<Void>> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        }
    }
}
