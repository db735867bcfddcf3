package dev.patchbay.sandbox.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A way in which a request or a webhook can fail. */
public enum FaultKind {
    /** The request is rejected with 401. */
    UNAUTHORIZED("401"),
    /** The request is rejected with 429 and a {@code Retry-After}. */
    TOO_MANY_REQUESTS("429"),
    /** The request fails with 500 and changes nothing. */
    SERVER_ERROR("500"),
    /** The response, or the webhook, is delayed. */
    SLOW("slow"),
    /** The request is executed, or the webhook delivered, and the response is lost. */
    LOST_RESPONSE("lost_response"),
    /** The request is executed; the response has its status and the body <code>{}</code>. */
    EMPTY_BODY("hollow"),
    /** The request is executed; costs in the response have the digits of binary floating point. */
    DOUBLES("doubles"),
    /** Each webhook is sent twice. */
    DUPLICATE("duplicate"),
    /** The webhooks are sent in reverse order. */
    REORDER("reorder"),
    /** The webhook is never sent, so that a receiver learns of the event only by polling the vendor. */
    DROP("drop");

    /** Faults of requests to a vendor. */
    public static final Set<FaultKind> OF_REQUESTS = Collections.unmodifiableSet(
            EnumSet.of(UNAUTHORIZED, TOO_MANY_REQUESTS, SERVER_ERROR, SLOW, LOST_RESPONSE, EMPTY_BODY, DOUBLES));

    /** Faults of webhooks from a vendor. */
    static final Set<FaultKind> OF_WEBHOOKS =
            Collections.unmodifiableSet(EnumSet.of(SLOW, LOST_RESPONSE, DUPLICATE, REORDER, DROP));

    private final String wireName;

    FaultKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the control API and in request logs. */
    public String wireName() {
        return wireName;
    }
}
