package dev.patchbay.kernel;

/** Where this process runs. Outside {@link #PROD} everything that passes a port or a provider is checked by contract. */
public enum Environment {
    DEV,
    STAGING,
    PROD
}
