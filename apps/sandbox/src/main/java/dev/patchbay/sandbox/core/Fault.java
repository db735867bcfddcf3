package dev.patchbay.sandbox.core;

import tools.jackson.databind.node.ObjectNode;

/**
 * An armed fault.
 *
 * @param operation the operation of a {@link Route}, or {@link Faults#WEBHOOK}
 * @param times how many more requests or webhooks it affects
 */
public record Fault(String provider, String operation, FaultKind kind, int times, int delayMs) {

    Fault decrement() {
        return new Fault(provider, operation, kind, times - 1, delayMs);
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("provider", provider)
                .put("operation", operation)
                .put("fault", kind.wireName())
                .put("times", times)
                .put("delayMs", delayMs);
    }
}
