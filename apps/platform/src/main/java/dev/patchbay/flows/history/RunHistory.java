package dev.patchbay.flows.history;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The history of runs within a scope, for questions across contexts. */
public interface RunHistory {

    /**
     * The conversations of the runs that match any of the keys, each with the time of its latest match.
     *
     * @param limitEach most matches of each key, the latest first
     */
    Map<CorrelationId, Instant> findConversations(TenantScope scope, RunKeys keys, int limitEach);

    /** All runs of these conversations. */
    History read(TenantScope scope, Set<CorrelationId> correlations);

    /** The appointment that a run booked last for a caller, unless it was undone. */
    Optional<Booking> findLastBooking(TenantId tenant, ClientId client, PhoneNumber phone);

    /**
     * The keys of a search, as people write them. A text that is no id matches nothing. Empty sets match nothing.
     *
     * @param effects that are done; those of runs match
     */
    record RunKeys(Set<PhoneNumber> phones, Set<String> runIds, List<EffectStatus> effects) {}

    /** @param startLocal the appointment's time as written in the client's locale; null once it is erased */
    record Booking(Instant bookedAt, @Nullable String startLocal) {}

    /** The history of some conversations, in no order; of each kind the latest 2,000. */
    record History(
            List<RunEntry> runs, List<StepEntry> steps, List<AttemptEntry> attempts, List<TriggerMissEntry> misses) {}

    /**
     * A flow that an event of its type did not start.
     *
     * @param condition of its trigger, as the author wrote it
     * @param failed whether it could not be evaluated
     * @param reason the values it was evaluated on, or why it failed; empty once a person is erased
     */
    record TriggerMissEntry(
            EventId eventId,
            String flow,
            String version,
            CorrelationId correlation,
            String condition,
            boolean failed,
            String reason,
            Instant at) {}

    /** @param nextAction of a run that did not complete: what a person can do */
    record RunEntry(
            RunId id,
            String flow,
            String version,
            RunStatus status,
            CorrelationId correlation,
            @Nullable String causeCode,
            @Nullable String causeSentence,
            @Nullable String nextAction,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * @param detail of a failed or waiting step: why
     * @param reason of a failed step: the group of dead letters
     * @param startLocal of a booking: its time as written in the client's locale
     */
    record StepEntry(
            RunId runId,
            String pointer,
            String name,
            @Nullable String call,
            StepStatus status,
            @Nullable String effectKey,
            @Nullable String detail,
            @Nullable String reason,
            @Nullable String startLocal,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** @param status of the HTTP response; null when there was none, which {@code error} explains */
    record ExchangeEntry(
            String provider,
            String method,
            String path,
            @Nullable Integer status,
            @Nullable String error,
            long milliseconds) {}

    /** @param outcome {@code done}, {@code again}, {@code later} or {@code gave-up}, and what belongs to it */
    record AttemptEntry(
            RunId runId,
            String pointer,
            long position,
            Instant startedAt,
            long milliseconds,
            String outcome,
            List<ExchangeEntry> exchanges) {}
}
