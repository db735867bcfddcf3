package dev.patchbay.kernel;

/** A tenant: an agency. Every row that belongs to one, and every event, carries its id. */
public record TenantId(String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    public TenantId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
