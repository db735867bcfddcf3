package dev.patchbay.flags;

import java.util.Locale;

/**
 * The value of a flag for a caller, and why.
 *
 * @param rule that decided
 * @param registered whether the registry has the key
 * @param expired whether the flag is past its expiry, which changes no value
 */
public record FlagEvaluation(boolean value, Reason reason, Rule rule, boolean registered, boolean expired) {

    /** As OpenFeature calls it. */
    public enum Reason {
        STATIC,
        DEFAULT,
        TARGETING_MATCH,
        DISABLED
    }

    /** The rules in the order in which they are tried; the first that applies decides. */
    public enum Rule {
        /** The registry does not have the key: released. */
        ABSENT,
        /** The feature is released for good, and its flag is gone. */
        RETIRED,
        /** An operator switched it off in this environment. */
        SWITCH,
        GA,
        /** The flag does not name this environment. */
        ENVIRONMENT,
        /** The user is on its list. */
        USER,
        /** The tenant is on its list. */
        TENANT,
        /** The registry has a default for this environment. */
        DEFAULT,
        NONE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of the value: {@code on} or {@code off}. */
    public String variant() {
        return value ? "on" : "off";
    }

    static FlagEvaluation released(Rule rule) {
        return new FlagEvaluation(true, Reason.DEFAULT, rule, false, false);
    }
}
