package dev.patchbay.integrations.retell;

import dev.patchbay.kernel.CorrelationId;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Identifies a call or a chat at Retell. Its webhooks, polls and live functions all have one correlation id. */
final class RetellConversation {

    /**
     * Our answer to Retell's webhook put the id into this member of the metadata, which Retell stores with the conversation.
     */
    static final String CORRELATION_METADATA = "patchbay_correlation";

    private static final Pattern CORRELATION_ID = Pattern.compile("cor_[0-9a-z]{26}");

    private RetellConversation() {}

    /**
     * Returns the id that the answer to the inbound webhook contained, else the id that follows from the conversation's own id.
     * An outbound call, or a number without an inbound webhook, has no metadata of ours.
     */
    static CorrelationId correlation(JsonNode conversation, String id) {
        return Optional.of(conversation.path("metadata").path(CORRELATION_METADATA))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(CORRELATION_ID.asMatchPredicate())
                .map(CorrelationId::new)
                .orElseGet(() -> CorrelationId.ofConversation("retell", id));
    }
}
