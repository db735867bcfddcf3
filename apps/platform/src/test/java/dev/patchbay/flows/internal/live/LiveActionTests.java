package dev.patchbay.flows.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.internal.action.ActionsFixture;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;

/** How an act is carried on, by what a calendar says from a script. */
@PatchbayTest
class LiveActionTests {

    private static final CalendarPort.Cancellation CANCELLED = new CalendarPort.Cancellation("evt1", true);
    private static final PortResult<CalendarPort.Cancellation> DONE = new PortResult.Succeeded<>(CANCELLED, "evt1");

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private LiveActionRepository rows;

    @Autowired
    private Clock clock;

    private final ScriptedCalendar calendar = new ScriptedCalendar();
    private final AsyncWork asyncWork = new AsyncWork();
    private final ActionRequest act = act("live:call_");

    private static ActionRequest act(String origin) {
        return new ActionRequest(
                new ClientId("cli_northside"),
                ZoneOffset.UTC,
                new CorrelationId("cor_live"),
                new EffectKey(new TenantId("tnt_demo"), EffectOrigin.of(origin + UUID.randomUUID()), "release", 0),
                "calendar.cancel",
                PortFunction.byName("calendar.cancel"),
                Json.object().put("id", "evt1"),
                Duration.ofMillis(200));
    }

    private LiveActionExecutor liveActs() {
        var actions = actionsFixture.withShortTimings(List.of(calendar));
        return new LiveActionExecutor(actions, rows, asyncWork, clock);
    }

    @Test
    void whoeverAsksForTheSameActMeanwhileGetsTheSameAnswer() {
        var acts = liveActs();
        var answered = new CountDownLatch(1);
        calendar.says(() -> {
            awaited(answered);
            return DONE;
        });

        var first = acts.carry(act);
        var second = acts.carry(act);
        assertThat(acts.carries(act)).isTrue();
        answered.countDown();

        assertThat(first.join()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(second).isSameAs(first);
    }

    @Test
    void aRejectedTokenIsRenewedAndTheActGoesOn() {
        calendar.says(() -> new PortResult.Unauthorized<>("No."));
        calendar.says(() -> DONE);

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void whatNobodyCanTellIsLeftToASweeper() {
        calendar.says(() -> new PortResult.Unknown<>("No answer came."));

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aDatabaseThatStaysAwayLeavesTheActToASweeper() {
        for (int turn = 0; turn < 10; turn++) {
            calendar.says(() -> {
                throw new QueryTimeoutException("away");
            });
        }

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aCalendarThatIsDownEndsAWishAndNotTheReleaseOfAHold() {
        for (int attempt = 0; attempt < 6; attempt++) {
            calendar.says(() ->
                    new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.of(Duration.ZERO)));
        }

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Failed.class);
        assertThat(liveActs().carry(act("hold:")).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aProcessThatStopsLeavesTheActToOthers() {
        calendar.says(() -> {
            asyncWork.destroy();
            return new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.empty());
        });

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Deferred.class);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A calendar that says what the test wrote down, and never knows what was done. */
    private static final class ScriptedCalendar implements CalendarPort {

        private final Deque<Supplier<PortResult<Cancellation>>> answers = new ArrayDeque<>();

        void says(Supplier<PortResult<Cancellation>> answer) {
            answers.add(answer);
        }

        @Override
        public String provider() {
            return "google";
        }

        @Override
        public Map<String, Idempotency> idempotency() {
            return Map.of("calendar.cancel", Idempotency.naturalKey(Idempotency.Settle.NONE, "As the test says."));
        }

        @Override
        public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
            return answers.remove().get();
        }

        @Override
        public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
            return new LookupResult.Unavailable<>("The calendar does not answer.");
        }

        @Override
        public PortResult<Slots> findSlots(CallContext callContext, SlotSearch search) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
