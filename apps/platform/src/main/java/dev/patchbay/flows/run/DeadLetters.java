package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.run.RunReplays.ReplayOptions;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Groups dead letters, which are parked runs, by their reason, and replays them in bulk. */
@Service
public class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final DeadLetterRepository letters;
    private final RunReplays replays;
    private final Tenancy tenancy;

    DeadLetters(DeadLetterRepository letters, RunReplays replays, Tenancy tenancy) {
        this.letters = letters;
        this.replays = replays;
        this.tenancy = tenancy;
    }

    /**
     * @param reason why they stopped
     * @param latest the error sentence of the run that was parked last
     * @param meaning the meaning of the reason, in one sentence
     * @param clients the clients that own the runs
     * @param flows the names of the runs' flows
     */
    public record Group(
            FailureReason reason,
            String meaning,
            String nextAction,
            String latest,
            int runs,
            Instant oldest,
            Instant newest,
            List<String> clients,
            List<String> flows) {}

    /**
     * Returns all groups, the largest first.
     *
     * @param client only the runs of this client; null for all
     */
    public List<Group> groups(TenantScope scope, @Nullable String client) {
        return tenancy.inTenant(scope.tenant(), () -> letters.findGroups(scope, client));
    }

    /**
     * Filters parked runs; a run has to match every member that is not null.
     *
     * @param reason the reason of a group
     * @param flow the name or id of the flow
     * @param from parked at this moment or later
     * @param to parked before this moment
     */
    public record Filter(
            @Nullable String client,
            @Nullable String reason,
            @Nullable String flow,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) {}

    /** Returns the ids of the runs that match, in the order in which they were parked. */
    public List<RunId> find(TenantScope scope, Filter filter) {
        return tenancy.inTenant(scope.tenant(), () -> letters.find(scope, filter));
    }

    /**
     * Replays the runs at that rate. Each waits in the database for its start, so a restart loses none.
     *
     * @return the runs that are replayed; runs that changed meanwhile or that cannot be replayed are left out
     */
    public List<RunId> replay(
            TenantScope scope, String actor, Filter filter, ReplayOptions options, int runsPerMinute) {
        List<RunId> replayed = new ArrayList<>();
        for (RunId runId : find(scope, filter)) {
            var delay = Duration.ofMinutes(1).multipliedBy(replayed.size()).dividedBy(runsPerMinute);
            try {
                replays.replay(scope, actor, runId, options, delay);
                replayed.add(runId);
            } catch (Problem skipped) {
                LOG.info("run {}: not replayed: {}; replaying the next one", runId, skipped.getMessage());
            }
        }
        return replayed;
    }
}
