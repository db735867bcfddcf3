package dev.patchbay.prompts.merge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a merge needs a person. */
public enum ConflictKind {
    /** Both sides changed the same lines, or one changed what the other deleted. */
    SAME_LINES,
    /** The two edits overlap nowhere and delete nothing, but touch: a sentence may run over both. */
    TOUCHING,
    /** Both added something at the same place, or the same member with two values. */
    BOTH_ADDED,
    /** The template removed what was changed here; it stays. */
    REMOVED_BY_TEMPLATE,
    /** The template changed a part that was removed here; it stays removed. */
    REMOVED_HERE,
    /** Both sides reordered the same things differently. */
    ORDER,
    /** Both sides changed one value. */
    BOTH_CHANGED;

    /** As the API spells it: {@code same_lines}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
