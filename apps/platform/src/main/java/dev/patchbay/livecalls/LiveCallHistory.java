package dev.patchbay.livecalls;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The history of live calls within a scope, for questions across contexts. */
public interface LiveCallHistory {

    /**
     * The conversations of the calls that match any of the keys, each with the time of its latest match.
     *
     * @param limitEach most matches of each key, the latest first
     */
    Map<CorrelationId, Instant> findConversations(TenantScope scope, CallKeys keys, int limitEach);

    /** The function calls of these conversations; the latest 2,000. */
    List<InvocationEntry> read(TenantScope scope, Set<CorrelationId> correlations);

    /**
     * The keys of a search, as people write them. A text that is no id matches nothing. Empty sets match nothing.
     *
     * @param callIds the voice provider's ids
     * @param effects that are done; those of live calls match
     */
    record CallKeys(Set<PhoneNumber> phones, Set<String> callIds, List<EffectStatus> effects) {}

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
