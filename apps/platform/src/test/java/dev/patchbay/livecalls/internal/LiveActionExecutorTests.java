package dev.patchbay.livecalls.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.action.ActionsFixture;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.UnimplementedCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;

/** How live actions are executed, against a scripted calendar. */
@PatchbayTest
class LiveActionExecutorTests {

    private static final CalendarPort.Cancellation CANCELLED = new CalendarPort.Cancellation("evt1", true);
    private static final PortResult<CalendarPort.Cancellation> DONE = new PortResult.Succeeded<>(CANCELLED, "evt1");

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private LiveActionRepository repository;

    @Autowired
    private Clock clock;

    private final ScriptedCalendar calendar = new ScriptedCalendar();
    private final AsyncWork asyncWork = new AsyncWork();
    private final ActionRequest action = action("live:call_");

    private static ActionRequest action(String origin) {
        return new ActionRequest(
                new ClientId("cli_northside"),
                ZoneOffset.UTC,
                Locale.US,
                new CorrelationId("cor_live"),
                new EffectKey(new TenantId("tnt_demo"), EffectOrigin.of(origin + UUID.randomUUID()), "release", 0),
                "calendar.cancel",
                PortFunction.byName("calendar.cancel"),
                Json.object().put("id", "evt1"),
                Duration.ofMillis(200));
    }

    private LiveActionExecutor executor() {
        var actions = actionsFixture.withShortTimings(List.of(calendar));
        return new LiveActionExecutor(actions, repository, asyncWork, clock);
    }

    @Test
    void aSecondRequestDuringTheExecutionGetsTheSameOutcome() {
        var executor = executor();
        var answered = new CountDownLatch(1);
        calendar.answers(() -> {
            await(answered);
            return DONE;
        });

        var first = executor.execute(action);
        var second = executor.execute(action);
        assertThat(executor.isExecuting(action)).isTrue();
        answered.countDown();

        assertThat(first.join()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(second).isSameAs(first);
    }

    @Test
    void aRejectedTokenIsRenewedAndTheActionContinues() {
        calendar.answers(() -> new PortResult.Unauthorized<>("No."));
        calendar.answers(() -> DONE);

        assertThat(executor().execute(action).join()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void anActionWithAnUnknownOutcomeIsLeftToTheRecovery() {
        calendar.answers(() -> new PortResult.Unknown<>("No answer came."));

        assertThat(executor().execute(action).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void anActionAtAProviderThatIsAwayIsLeftToTheRecovery() {
        var away = new Outcome.ProviderAway(new ConnectionId("con_1"), "It is away.");
        var actions = new Actions() {
            @Override
            public Outcome attempt(
                    ActionRequest request,
                    int number,
                    boolean renewed,
                    ExchangeLog exchangeLog,
                    SettlementListener listener) {
                return away;
            }

            @Override
            public Outcome attempt(ActionRequest request, int number, boolean renewed, ExchangeLog exchangeLog) {
                return away;
            }
        };

        assertThat(new LiveActionExecutor(actions, repository, asyncWork, clock)
                        .execute(action)
                        .join())
                .isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aDatabaseThatStaysAwayLeavesTheActionToTheRecovery() {
        for (int turn = 0; turn < 10; turn++) {
            calendar.answers(() -> {
                throw new QueryTimeoutException("away");
            });
        }

        assertThat(executor().execute(action).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aCalendarThatIsDownFailsABookingButNotTheReleaseOfAHold() {
        for (int attempt = 0; attempt < 6; attempt++) {
            calendar.answers(() ->
                    new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.of(Duration.ZERO)));
        }

        assertThat(executor().execute(action).join()).isInstanceOf(Outcome.Failed.class);
        assertThat(executor().execute(action("hold:")).join()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aProcessThatStopsLeavesTheActionToAnother() {
        calendar.answers(() -> {
            asyncWork.destroy();
            return new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.empty());
        });

        assertThat(executor().execute(action).join()).isInstanceOf(Outcome.Deferred.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Answers cancellations as the test says, and never finds one that was looked up. */
    private static final class ScriptedCalendar extends UnimplementedCalendar {

        private final Deque<Supplier<PortResult<Cancellation>>> script = new ArrayDeque<>();

        void answers(Supplier<PortResult<Cancellation>> answer) {
            script.add(answer);
        }

        @Override
        public Map<String, Idempotency> idempotency() {
            return Map.of("calendar.cancel", Idempotency.naturalKey(Idempotency.Settle.NONE, "As the test says."));
        }

        @Override
        public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
            return script.remove().get();
        }

        @Override
        public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
            return new LookupResult.Unavailable<>("The calendar does not answer.");
        }
    }
}
