package dev.patchbay.flows;

import dev.patchbay.flows.internal.history.RunHistoryFinder;
import dev.patchbay.flows.internal.history.RunHistoryRepository;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What runs, live calls and acts have left behind, as far as a scope reaches: for questions across contexts. */
@Component
public class RunHistory {

    private final Tenancy tenancy;
    private final RunHistoryFinder finder;
    private final RunHistoryRepository reader;

    RunHistory(Tenancy tenancy, RunHistoryFinder finder, RunHistoryRepository reader) {
        this.tenancy = tenancy;
        this.finder = finder;
        this.reader = reader;
    }

    /**
     * By what a trail is looked for; empty sets find nothing.
     *
     * @param calls the voice provider's ids
     * @param made providers' ids of what acts made: a contact, an appointment, a text
     */
    public record SearchKeys(Set<PhoneNumber> phones, Set<String> runs, Set<String> calls, Set<String> made) {}

    /** A conversation that left a trail, and when. */
    public record Found(String correlationId, Instant at) {}

    /** @param nextAction of one that did not complete: what a person can do */
    public record RunTrail(
            String id,
            String flow,
            String version,
            String status,
            String correlationId,
            @Nullable String causeCode,
            @Nullable String causeSentence,
            @Nullable String nextAction,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * @param detail of a failed or waiting step: why
     * @param reason of a failed step: the group of dead letters
     * @param spoken of a booking: its time as one would say it
     */
    public record StepTrail(
            String runId,
            String pointer,
            String name,
            @Nullable String call,
            String status,
            @Nullable String effectKey,
            @Nullable String detail,
            @Nullable String reason,
            @Nullable String spoken,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** @param status of the answer; null when there was none, which {@code error} explains */
    public record ExchangeTrail(
            String provider,
            String method,
            String path,
            @Nullable Integer status,
            @Nullable String error,
            long milliseconds) {}

    /** @param outcome {@code done}, {@code again}, {@code later} or {@code gave-up}, and what belongs to it */
    public record AttemptTrail(
            String runId,
            String pointer,
            long position,
            Instant startedAt,
            long milliseconds,
            String outcome,
            List<ExchangeTrail> exchanges) {}

    /**
     * @param origin a run's id, or {@code live:<call id>}
     * @param place the step's pointer, or the function's name
     * @param providerId of what it made; null until it is done
     * @param parked whether it waits for a person
     */
    public record EffectTrail(
            String origin,
            String key,
            String place,
            String state,
            boolean lookedUp,
            boolean parked,
            @Nullable String providerId,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant settledAt) {}

    /** @param said what the agent was told to say, redacted */
    public record LiveTrail(
            String id,
            String callId,
            String function,
            String correlationId,
            String outcome,
            @Nullable String said,
            @Nullable String spoken,
            long milliseconds,
            Instant at) {}

    /** What is known of some conversations, in no order. */
    public record Trail(
            List<RunTrail> runs,
            List<StepTrail> steps,
            List<AttemptTrail> attempts,
            List<EffectTrail> effects,
            List<LiveTrail> lives) {}

    /** @param mostEach so many of the latest for each clue */
    public List<Found> find(TenantScope scope, SearchKeys searchKeys, int mostEach) {
        return tenancy.inTenant(scope.tenant(), () -> finder.find(scope, searchKeys, mostEach));
    }

    /** All of these conversations' runs, acts and live questions. */
    public Trail read(TenantScope scope, Set<String> correlations) {
        return tenancy.inTenant(scope.tenant(), () -> reader.read(scope, correlations));
    }
}
