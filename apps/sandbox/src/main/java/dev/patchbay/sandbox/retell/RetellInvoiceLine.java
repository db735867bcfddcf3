package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of an invoice.
 *
 * @param callId empty text for a line without a call
 * @param start of the call, Unix milliseconds; 0 without a call
 */
record RetellInvoiceLine(String callId, long start, String product, int leg, BigDecimal seconds, BigDecimal cents) {

    RetellInvoiceLine withSeconds(BigDecimal changed) {
        return new RetellInvoiceLine(callId, start, product, leg, changed, cents);
    }

    RetellInvoiceLine withCents(BigDecimal changed) {
        return new RetellInvoiceLine(callId, start, product, leg, seconds, changed);
    }

    ObjectNode toJson() {
        ObjectNode line = Json.object();
        if (!callId.isEmpty()) {
            line.put("call_id", callId).put("start_timestamp", start).put("is_transfer_leg_cost", leg > 0);
        }
        return line.put("product", product).put("seconds", seconds).put("cents", cents);
    }

    String toCsv() {
        return String.join(
                ",",
                callId,
                callId.isEmpty() ? "" : Long.toString(start),
                product,
                Integer.toString(leg),
                seconds.toPlainString(),
                cents.toPlainString());
    }
}
