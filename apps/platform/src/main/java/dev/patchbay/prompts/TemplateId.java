package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** A prompt template, over all its releases. Written {@code tpl_…} (see {@link Ids}); a plain string in JSON. */
public record TemplateId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public TemplateId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static TemplateId next(Instant now) {
        return new TemplateId(Ids.next("tpl", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
