package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a template's release. Its contents never change. */
public enum TemplateState {
    /** New prompts may be made from it. */
    RELEASED,
    /** No new prompt is made from it, and none is updated to it; those that were stay as they are. */
    WITHDRAWN;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
