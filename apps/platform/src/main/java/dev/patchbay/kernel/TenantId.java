package dev.patchbay.kernel;

/** The agency that owns a row. Every tenant-owned row and every event carries it. */
public record TenantId(String value) {

    public TenantId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
