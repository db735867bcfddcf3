package dev.patchbay.kernel.web;

/** The request attribute for impersonation, in which an operator of the platform acts as a user of a tenant; audited with every change. */
public final class ImpersonatorAttribute {

    /** Its name. The value is a {@code String}, the id of the operator; absent when callers act for themselves. */
    public static final String NAME = "dev.patchbay.actingFor";

    private ImpersonatorAttribute() {}
}
