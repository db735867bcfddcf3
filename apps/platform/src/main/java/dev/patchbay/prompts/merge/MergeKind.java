package dev.patchbay.prompts.merge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kind of document that is merged. */
public enum MergeKind {
    /** Markdown, merged by sections and lines. */
    TEXT,
    /** A tree of settings. */
    JSON;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such kind */
    @JsonCreator
    public static MergeKind of(String wireName) {
        for (MergeKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind is text or json, not " + wireName);
    }
}
