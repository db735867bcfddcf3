package dev.patchbay.flowlanguage;

import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The kind of a task, given by its keyword. */
enum TaskKind {
    CALL,
    DO,
    SET,
    SWITCH,
    WAIT,
    RAISE,
    TRY;

    /** The kind of a task that passed {@link SchemaValidation}, which ensures that it has exactly one. */
    static TaskKind of(JsonNode task) {
        return Arrays.stream(values())
                .filter(kind -> task.has(kind.keyword()))
                .findFirst()
                .orElseThrow();
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
