package dev.patchbay.kernel;

/** The environment of this process. Outside {@link #PROD}, inputs and outputs of ports and providers are validated against their schemas. */
public enum Environment {
    DEV,
    STAGING,
    PROD
}
