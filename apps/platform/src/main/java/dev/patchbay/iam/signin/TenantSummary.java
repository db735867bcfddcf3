package dev.patchbay.iam.signin;

/** A tenant that a signed-in person can switch to. */
public record TenantSummary(String id, String name) {}
