package dev.patchbay.ingress.internal;

/** Raw bodies as they rest: sealed with their tenant's key, each for its own event. */
final class RawBodies {

    private RawBodies() {}

    static String place(String eventId) {
        return "raw/" + eventId;
    }
}
