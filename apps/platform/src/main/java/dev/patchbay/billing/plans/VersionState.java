package dev.patchbay.billing.plans;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a plan's version. Its terms never change. */
public enum VersionState {
    /** Can be previewed and approved. */
    DRAFT,
    /** Subscriptions may begin with it. */
    APPROVED,
    /** No new subscription begins with it; those that did keep it. */
    RETIRED;

    /** Whether this state may follow. */
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
