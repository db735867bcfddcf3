package dev.patchbay.sandbox.core;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A provider whose API the sandbox simulates. */
public interface Vendor {

    /** The first segment of its paths, and its name in accounts, faults, logs and state. */
    String name();

    List<Route> routes();

    /** An error response in the vendor's format. */
    Response errorResponse(int status, String message);

    /** The table to which every request is logged. */
    Table requestLog();

    /** Sets up an account from the member of {@code PUT /_sandbox/accounts} that has the vendor's name. */
    void putAccount(ObjectNode account);

    /** Whether the vendor sends webhooks, which faults can then affect. */
    default boolean sendsWebhooks() {
        return false;
    }

    /** The response with amounts of money as binary floating point leaves them, where the vendor ever wrote them so. */
    default Response withDoubles(Response response) {
        return response;
    }
}
