package dev.patchbay.kernel;

/** A business that the agency serves. */
public record ClientId(String value) {

    public ClientId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
