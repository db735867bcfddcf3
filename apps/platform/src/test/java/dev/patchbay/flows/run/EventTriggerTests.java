package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class EventTriggerTests {

    @Autowired
    private Runs runs;

    @Autowired
    private RunClaimRepository claims;

    @Autowired
    private FlowRunner runner;

    @Autowired
    private Settings settings;

    @Autowired
    private Events events;

    @Autowired
    private EchoDetector echoes;

    @Autowired
    private MeterRegistry meters;

    @Test
    void eventsWaitWhileTheProcessIsFull() {
        var second = Duration.ofSeconds(1);
        var full = new NodeSettings("node-test", second, second, second, second, second, second, 0);
        var trigger = new EventTrigger(runs, new RunExecutor(claims, runner, full, settings), echoes, meters);
        Event event = events.find(
                        TenantScope.of(new TenantId("tnt_demo")),
                        new EventId(PhoneCalls.analyzed(PhoneCalls.place(PhoneCalls.newCaller()))
                                .path("id")
                                .asString()))
                .orElseThrow();

        assertThatThrownBy(() -> trigger.consume(event)).isInstanceOf(EventConsumer.Busy.class);
    }
}
