package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The state of a release of a client's prompt. Its contents never change. */
public enum ReleaseState {
    VALIDATED,
    APPROVED,
    PUBLISHED,
    SUPERSEDED,
    WITHDRAWN;

    private static final Set<ReleaseState> AFTER_APPROVED = EnumSet.of(PUBLISHED, WITHDRAWN);

    /** Whether a release of this state may become one of the other. A roll-back publishes a superseded one again. */
    public boolean mayBecome(ReleaseState next) {
        return switch (this) {
            case VALIDATED -> next == APPROVED || AFTER_APPROVED.contains(next);
            case APPROVED -> AFTER_APPROVED.contains(next);
            case PUBLISHED -> next == SUPERSEDED;
            case SUPERSEDED -> next == PUBLISHED;
            case WITHDRAWN -> false;
        };
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
