package dev.patchbay.kernel;

/** Follows one call through event, run, step, outward request, log line and audit entry. */
public record CorrelationId(String value) {

    public CorrelationId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
