package dev.patchbay.flows.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Holds;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.act.PortContracts;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.internal.rate.Rates;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort;
import dev.patchbay.flows.spi.Idempotency;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
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
class LiveActsTests {

    private static final CalendarPort.Cancellation CANCELLED = new CalendarPort.Cancellation("evt1", true);
    private static final Answer<CalendarPort.Cancellation> DONE = new Answer.Done<>(CANCELLED, "evt1");

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Connections connections;

    @Autowired
    private PortContracts contracts;

    @Autowired
    private Holds holds;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Rates rates;

    @Autowired
    private LiveActRows rows;

    @Autowired
    private Clock clock;

    private final ScriptedCalendar calendar = new ScriptedCalendar();
    private final Background background = new Background();
    private final Acting act = act("live:call_");

    private static Acting act(String origin) {
        return new Acting(
                new ClientId("cli_northside"),
                ZoneOffset.UTC,
                new CorrelationId("cor_live"),
                new EffectKey(new TenantId("tnt_demo"), origin + UUID.randomUUID(), "release", 0),
                "calendar.cancel",
                PortFunction.named("calendar.cancel"),
                Json.object().put("id", "evt1"),
                Duration.ofMillis(200));
    }

    private LiveActs liveActs() {
        var timings = new NodeSettings(
                "n",
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                256);
        var acts = new Acts(ledger, connections, contracts, timings, holds, tenancy, rates, List.of(calendar));
        return new LiveActs(acts, rows, background, clock);
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

        assertThat(first.join()).isInstanceOf(Outcome.Done.class);
        assertThat(second).isSameAs(first);
    }

    @Test
    void aRejectedTokenIsRenewedAndTheActGoesOn() {
        calendar.says(() -> new Answer.Unauthorized<>("No."));
        calendar.says(() -> DONE);

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatNobodyCanTellIsLeftToASweeper() {
        calendar.says(() -> new Answer.Lost<>("No answer came."));

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aDatabaseThatStaysAwayLeavesTheActToASweeper() {
        for (int turn = 0; turn < 10; turn++) {
            calendar.says(() -> {
                throw new QueryTimeoutException("away");
            });
        }

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aCalendarThatIsDownEndsAWishAndNotTheReleaseOfAHold() {
        for (int attempt = 0; attempt < 6; attempt++) {
            calendar.says(() -> new Answer.TryLater<>(Reason.PROVIDER_DOWN, "Down.", Optional.of(Duration.ZERO)));
        }

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.GaveUp.class);
        assertThat(liveActs().carry(act("hold:")).join()).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aProcessThatStopsLeavesTheActToOthers() {
        calendar.says(() -> {
            background.destroy();
            return new Answer.TryLater<>(Reason.PROVIDER_DOWN, "Down.", Optional.empty());
        });

        assertThat(liveActs().carry(act).join()).isInstanceOf(Outcome.NotYet.class);
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

        private final Deque<Supplier<Answer<Cancellation>>> answers = new ArrayDeque<>();

        void says(Supplier<Answer<Cancellation>> answer) {
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
        public Answer<Cancellation> cancel(Act act, BookingId booking) {
            return answers.remove().get();
        }

        @Override
        public LookUp<Cancellation> findCancellation(Act act, BookingId booking) {
            return new LookUp.Unavailable<>("The calendar does not answer.");
        }

        @Override
        public Answer<Slots> findSlots(Act act, SlotSearch search) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<Booking> book(Act act, BookingRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookUp<Booking> findBooking(Act act, BookingRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<Hold> hold(Act act, HoldRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookUp<Hold> findHold(Act act, HoldRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
