package dev.patchbay.flags;

/** The keys of flags/registry.yaml; written from it by {@code ./dev flags generate}. */
public enum FeatureFlag {
    SMS_NOTICES("sms-notices"),
    SMS_LINKS("sms-links");

    private final String key;

    FeatureFlag(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
