package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.flowlanguage.TriggerResult;
import dev.patchbay.flowlanguage.TriggerResult.ConditionNotTrue;
import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds the flows that an event starts. A flow of the event's type whose condition is not true, or cannot be evaluated, does
 * not start. The values that the condition read are recorded, so that people can see the reason. The metric is
 * {@code flow_trigger_misses_total}.
 */
@Component
class TriggerMatcher {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerMatcher.class);

    private final FlowDefinitions flows;
    private final TriggerMissRepository misses;
    private final EvaluationPool evaluations;
    private final Tenancy tenancy;
    private final MeterRegistry meters;
    private final Clock clock;

    TriggerMatcher(
            FlowDefinitions flows,
            TriggerMissRepository misses,
            EvaluationPool evaluations,
            Tenancy tenancy,
            MeterRegistry meters,
            Clock clock) {
        this.flows = flows;
        this.misses = misses;
        this.evaluations = evaluations;
        this.tenancy = tenancy;
        this.meters = meters;
        this.clock = clock;
    }

    /** Holds a flow whose trigger matches the event's type; its condition is still to be evaluated. */
    private record Candidate(FlowVersion version, Trigger trigger) {}

    /** A flow version whose condition is not true for the event's data. */
    record Miss(FlowVersion version, ConditionNotTrue reason) {}

    /** The flows of the event's type: those that it starts, and those whose condition is not true. */
    record Matches(List<FlowVersion> started, List<Miss> missed) {

        boolean isEmpty() {
            return started.isEmpty() && missed.isEmpty();
        }
    }

    /**
     * Matches the event with the active flows that serve the client. Must be called outside of a transaction, because a
     * condition may wait for its turn to compute.
     *
     * @param cause the cause of an echo; an echo starts only flows whose trigger asks for echoes
     */
    Matches match(TenantId tenant, ClientId client, Event event, Optional<Event.Cause> cause) {
        var started = new ArrayList<FlowVersion>();
        var missed = new ArrayList<Miss>();
        for (Candidate candidate : tenancy.inTenant(tenant, () -> findCandidates(tenant, client, event, cause))) {
            switch (apply(tenant, candidate.trigger(), event)) {
                case TriggerResult.Matches _ -> started.add(candidate.version());
                case ConditionNotTrue reason -> missed.add(new Miss(candidate.version(), reason));
            }
        }
        return new Matches(started, missed);
    }

    private List<Candidate> findCandidates(TenantId tenant, ClientId client, Event event, Optional<Event.Cause> cause) {
        String origin = cause.isPresent() ? Trigger.OURS : event.origin().name().toLowerCase(Locale.ROOT);
        var attributes = Map.of("type", event.type(), "origin", origin);
        return flows.findActive(tenant, client).stream()
                .flatMap(version -> flows.findTrigger(tenant, version).stream()
                        .filter(trigger -> trigger.matchesAttributes(attributes))
                        .map(trigger -> new Candidate(version, trigger)))
                .toList();
    }

    private TriggerResult apply(TenantId tenant, Trigger trigger, Event event) {
        return trigger.data().isEmpty()
                ? new TriggerResult.Matches()
                : evaluations.evaluateTrigger(tenant, () -> trigger.applyData(event.data()));
    }

    /** Records, in the tenant's transaction, why the flow did not start. */
    void record(TenantId tenant, ClientId client, Event event, Miss miss) {
        ConditionNotTrue reason = miss.reason();
        if (!misses.insert(tenant, client, miss.version(), event, reason, clock.instant())) {
            return;
        }
        meters.counter("flow.trigger.misses", "outcome", reason.failed() ? "failed" : "false")
                .increment();
        if (reason.failed()) {
            LOG.warn(
                    "event {}: does not start flow {}, because the condition of its trigger failed; the timeline has the reason",
                    event.id(),
                    miss.version().flowId());
        }
    }
}
