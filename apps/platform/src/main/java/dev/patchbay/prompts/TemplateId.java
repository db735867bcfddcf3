package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/**
 * Identifies a prompt template, over all its releases. It is written {@code tpl_…} (see {@link Ids}), as a plain string in
 * JSON.
 */
public record TemplateId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public TemplateId {
        Ids.requireWellFormed(value);
    }

    /** Makes a new id that sorts by the given time. */
    public static TemplateId next(Instant now) {
        return new TemplateId(Ids.next("tpl", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
