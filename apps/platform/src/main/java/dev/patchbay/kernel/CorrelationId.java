package dev.patchbay.kernel;

/** Connects everything that one call or request caused: event, run, step, outgoing request, log line, audit entry. */
public record CorrelationId(String value) {

    public CorrelationId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
