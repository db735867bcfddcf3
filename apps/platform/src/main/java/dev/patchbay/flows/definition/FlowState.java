package dev.patchbay.flows.definition;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * The state of a flow version, and the only definition of the allowed transitions. Written in lower case in the database and
 * in JSON.
 */
public enum FlowState {
    /** Stored, and not used by runs that events start. */
    DRAFT,
    /** The version that new runs begin with; one a flow. */
    ACTIVE,
    /** Replaced by another version; runs that began with it end with it. */
    RETIRED;

    /** The state with this code. */
    public static FlowState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether that state may come after this one. */
    public boolean mayBecome(FlowState next) {
        return switch (this) {
            case DRAFT, RETIRED -> next == ACTIVE;
            case ACTIVE -> next == RETIRED;
        };
    }

    /** The codes of the states that this one may come after. */
    public String[] predecessors() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(FlowState::code)
                .toArray(String[]::new);
    }

    /** As it appears in answers, for example {@code draft}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
