package dev.patchbay.flowlanguage;

import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The keyword that makes a task what it is. */
enum TaskKind {
    CALL,
    DO,
    SET,
    SWITCH,
    WAIT,
    RAISE,
    TRY;

    /** The schema has seen to it that there is exactly one. */
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
