package dev.patchbay.flows.run;

import static dev.patchbay.flows.run.RunStatus.CANCELLED;
import static dev.patchbay.flows.run.RunStatus.COMPLETED;
import static dev.patchbay.flows.run.RunStatus.FAILED;
import static dev.patchbay.flows.run.RunStatus.PARKED;
import static dev.patchbay.flows.run.RunStatus.PAUSED;
import static dev.patchbay.flows.run.RunStatus.RUNNING;
import static dev.patchbay.flows.run.RunStatus.WAITING;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands of people to runs, and the statuses that allow each. */
enum RunCommand {
    PAUSE("paused"),
    RESUME("resumed"),
    CANCEL("cancelled"),
    APPROVE("approved"),
    REJECT("rejected"),
    SETTLE("settled"),
    REPLAY("replayed");

    private final String participle;

    RunCommand(String participle) {
        this.participle = participle;
    }

    private Set<RunStatus> allowedStatuses() {
        return switch (this) {
            case PAUSE -> EnumSet.of(RUNNING, WAITING);
            case RESUME -> EnumSet.of(PAUSED);
            case CANCEL -> EnumSet.of(RUNNING, WAITING, PAUSED, PARKED);
            case APPROVE, REJECT -> EnumSet.of(WAITING, PAUSED);
            case SETTLE -> EnumSet.of(PARKED);
            case REPLAY -> EnumSet.of(PARKED, FAILED, CANCELLED, COMPLETED);
        };
    }

    /** The action as the audit trail names it, for example {@code run.paused}. */
    String auditAction() {
        return "run." + participle;
    }

    /** @throws Problem {@code 409.run_state_conflict} when the run's status does not allow it, or the run was erased */
    void requireAllowed(RunSnapshot run) {
        if (run.erased()) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "A person's data was erased from this run; it cannot be " + participle + " any more.");
        }
        if (!allowedStatuses().contains(run.status())) {
            String allowed =
                    allowedStatuses().stream().map(RunStatus::code).sorted().collect(Collectors.joining(" or "));
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "This run is %s; only one that is %s can be %s."
                            .formatted(run.status().code(), allowed, participle));
        }
    }
}
