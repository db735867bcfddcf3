package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.flowlanguage.TriggerResult;
import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds the flows that an event starts. One of the event's type whose condition is not true, or cannot be evaluated, is recorded
 * with the values it saw, so that people see why it did not start; the metric is {@code flow_trigger_misses_total}.
 */
@Component
class TriggerMatcher {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerMatcher.class);

    private final FlowDefinitions flows;
    private final TriggerMissRepository misses;
    private final MeterRegistry meters;
    private final Clock clock;

    TriggerMatcher(FlowDefinitions flows, TriggerMissRepository misses, MeterRegistry meters, Clock clock) {
        this.flows = flows;
        this.misses = misses;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * The active flows that serve the client and that the event starts; call it in the tenant's transaction.
     *
     * @param cause of an echo, which starts only flows whose trigger asks for echoes
     */
    List<FlowVersion> findStarted(TenantId tenant, ClientId client, Event event, Optional<Event.Cause> cause) {
        String origin = cause.isPresent() ? Trigger.OURS : event.origin().name().toLowerCase(Locale.ROOT);
        var attributes = Map.of("type", event.type(), "origin", origin);
        return flows.findActive(tenant, client).stream()
                .filter(version -> flows.findTrigger(tenant, version)
                        .filter(trigger ->
                                starts(tenant, client, version, event, trigger.apply(attributes, event.data())))
                        .isPresent())
                .toList();
    }

    private boolean starts(TenantId tenant, ClientId client, FlowVersion version, Event event, TriggerResult result) {
        return switch (result) {
            case TriggerResult.Matches matches -> true;
            case TriggerResult.OtherEvent other -> false;
            case TriggerResult.ConditionNotTrue miss -> {
                record(tenant, client, version, event, miss);
                yield false;
            }
        };
    }

    private void record(
            TenantId tenant, ClientId client, FlowVersion version, Event event, TriggerResult.ConditionNotTrue miss) {
        if (!misses.insert(tenant, client, version, event, miss, clock.instant())) {
            return;
        }
        meters.counter("flow.trigger.misses", "outcome", miss.failed() ? "failed" : "false")
                .increment();
        if (miss.failed()) {
            LOG.warn(
                    "event {}: does not start flow {}, because the condition of its trigger failed: {}",
                    event.id(),
                    version.flowId(),
                    miss.reason());
        }
    }
}
