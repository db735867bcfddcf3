package dev.patchbay.kernel.web;

/** Somebody of the platform who acts as a person of a tenant, to help: known to the audit trail for each thing done. */
public final class ImpersonationBanner {

    /** Request attribute, a {@code String}: the id of the person of the platform; absent when callers act for themselves. */
    public static final String ATTRIBUTE = "dev.patchbay.actingFor";

    private ImpersonationBanner() {}
}
