package dev.patchbay.flags;

/** Says which features are on for whom. */
public interface Flags {

    /** Whether the feature is on for the caller. Takes no lock and does no I/O; a changed list counts within five seconds. */
    boolean isEnabled(FeatureFlag flag, FlagCaller caller);

    /**
     * The value of any key for the caller, and why.
     *
     * @param key one that a flag can have
     */
    FlagEvaluation evaluate(String key, FlagCaller caller);

    /** The flags of this version. */
    FlagRegistry registry();
}
