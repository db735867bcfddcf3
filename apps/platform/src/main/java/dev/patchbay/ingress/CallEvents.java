package dev.patchbay.ingress;

import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads, for read models, the events that describe calls and belong to a client. */
@Component
public class CallEvents {

    /** These types of events describe a call; a later analysis and the carrier's view of the line do not. */
    public static final Set<String> TYPES = Set.of("voice.call.started", "voice.call.ended", "voice.call.analyzed");

    private final Tenancy tenancy;
    private final CallEventRepository events;

    CallEvents(Tenancy tenancy, CallEventRepository events) {
        this.tenancy = tenancy;
        this.events = events;
    }

    /** Names a conversation and the latest event about it that a page holds. */
    public record Conversation(CorrelationId correlation, EventId event) {}

    /** Returns the events of these conversations by receipt, oldest first, without transcripts. */
    public List<Event> find(TenantId tenant, Collection<CorrelationId> correlations) {
        return tenancy.inTenant(tenant, () -> events.find(tenant, correlations));
    }

    /**
     * Returns the conversations of a page of events, by receipt; a conversation may be on several pages.
     *
     * @param after the last event of the page before; empty text for the first
     */
    public List<Conversation> findConversations(TenantId tenant, String after, int limit) {
        return tenancy.inTenant(tenant, () -> events.findConversations(tenant, after, limit));
    }
}
