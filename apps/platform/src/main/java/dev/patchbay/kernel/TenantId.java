package dev.patchbay.kernel;

/** The id of a tenant, which is an agency. It is part of every row and event that belongs to a tenant. */
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
