package dev.patchbay.billing.plans;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a plan's version. */
public enum VersionState {
    /** The version can be previewed and approved. */
    DRAFT,
    /** Subscriptions may begin with the version. */
    APPROVED,
    /** No new subscription may begin with the version; existing subscriptions keep it. */
    RETIRED;

    /** Returns whether the given state may follow this one. */
    public boolean mayBecome(VersionState next) {
        return switch (this) {
            case DRAFT -> next == APPROVED;
            case APPROVED -> next == RETIRED;
            case RETIRED -> false;
        };
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
