package dev.patchbay.effects.spi;

import dev.patchbay.connections.Account;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A role that a provider plays for a client; bindings say which connection plays it. */
public sealed interface Port permits CrmPort, CalendarPort, MessagingPort {

    /** The provider whose connections this adapter serves, for example {@code highlevel}. */
    String provider();

    /** By name, for each function that changes something at the provider: how it happens once although it may be sent twice. */
    Map<String, Idempotency> idempotency();

    /**
     * What the provider allows, and what one call of the function takes of it. A call is made only when all of these have
     * room; until then it waits, and no attempt is counted.
     *
     * @param function for example {@code crm.upsertContact}
     * @param binding the client's settings for this port
     */
    default List<Quota> quotas(String function, Account account, JsonNode binding) {
        return List.of();
    }
}
