package dev.patchbay.flows;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The history of runs, live calls and effects within a scope, for questions across contexts. */
public interface RunHistory {

    /**
     * The conversations that match any of the keys.
     *
     * @param limitEach most matches of each key, the latest first
     */
    List<Conversation> find(TenantScope scope, SearchKeys keys, int limitEach);

    /** All runs, effects and live function calls of these conversations. */
    History read(TenantScope scope, Set<CorrelationId> correlations);

    /**
     * The keys of a search, as people write them. A text that is no id matches nothing. Empty sets match nothing.
     *
     * @param callIds the voice provider's ids
     * @param providerIds providers' ids of what effects created: a contact, an appointment, a text
     */
    record SearchKeys(Set<PhoneNumber> phones, Set<String> runIds, Set<String> callIds, Set<String> providerIds) {}

    /** A conversation that matched, and when. */
    record Conversation(CorrelationId correlation, Instant at) {}

    /** The history of some conversations, in no order. */
    record History(
            List<RunEntry> runs,
            List<StepEntry> steps,
            List<AttemptEntry> attempts,
            List<EffectStatus> effects,
            List<InvocationEntry> invocations) {}

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

    /**
     * A function call of an agent during a call.
     *
     * @param reply the sentence that the agent was given to say, redacted
     * @param startLocal of a booking: its time as written in the client's locale
     */
    record InvocationEntry(
            String id,
            String callId,
            String function,
            CorrelationId correlation,
            InvocationOutcome outcome,
            @Nullable String reply,
            @Nullable String startLocal,
            long milliseconds,
            Instant at) {}
}
