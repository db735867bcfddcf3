package dev.patchbay.effects.spi;

import dev.patchbay.connections.Account;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A role that a provider plays for a client; bindings say which connection plays it. */
public sealed interface Port permits CrmPort, CalendarPort, Appointments, MessagingPort, NotifyPort {

    /** The provider whose connections this adapter serves, for example {@code highlevel}. */
    String provider();

    /** By function name, for each function that changes something at the provider. */
    Map<String, Idempotency> idempotency();

    /**
     * The provider's quotas, with the cost of one call of the function. A call is sent only when all of them have room; until
     * then it waits, and no attempt is counted.
     *
     * @param function for example {@code crm.upsertContact}
     * @param binding the client's settings for this port
     */
    default List<Quota> quotas(String function, Account account, JsonNode binding) {
        return List.of();
    }
}
