package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Records what people do with runs in the audit trail, in the transaction of the change. */
@Component
class RunAudit {

    private final ApplicationEventPublisher audit;

    RunAudit(ApplicationEventPublisher audit) {
        this.audit = audit;
    }

    /** @param after the run's status, or the decision, afterwards; before it is the status of the snapshot */
    void record(RunSnapshot run, String actor, RunCommand command, String after) {
        audit.publishEvent(new Auditable(
                TenantScope.of(run.tenant(), run.client()),
                actor,
                command.auditAction(),
                "run/" + run.runId(),
                Optional.of(digest(run.status().code())),
                Optional.of(digest(after)),
                run.correlation()));
    }

    /** A run that an event started has ended: which event, flow and version, and how; in the transaction that ends it. */
    void recordEnd(RunContext run, RunStatus outcome) {
        run.eventId()
                .ifPresent(event -> audit.publishEvent(new Auditable(
                        TenantScope.of(run.tenant(), run.client().id()),
                        event.value(),
                        "run." + outcome.code(),
                        "flow/" + run.flowId() + "@"
                                + run.definition().document().version() + "/run/" + run.runId(),
                        Optional.empty(),
                        Optional.empty(),
                        run.correlation())));
    }

    /**
     * Tells people that runs of a flow stop, once for each flow, client and hour, in the transaction that parks one. The reason
     * is its kind: a run's own sentence may quote a caller's data.
     */
    void announceDeadLetter(RunContext run, RunCause cause, Instant now) {
        var reason = FailureReason.valueOf(cause.code().toUpperCase(Locale.ROOT));
        String flow = run.definition().document().name();
        audit.publishEvent(new Notice(
                TenantScope.of(run.tenant(), run.client().id()),
                NoticeTopic.DEAD_LETTERS_GROWING,
                "flow/" + run.flowId(),
                run.flowId() + " " + run.client().id() + " " + now.truncatedTo(ChronoUnit.HOURS),
                Map.of("flow", flow, "reason", reason.meaning())));
    }

    private static String digest(String state) {
        return HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(state)));
    }
}
