package dev.patchbay.insights.attention;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param title in a few words
 * @param detail one sentence more; null where the title says it all
 * @param count how many runs, calls or events it concerns
 * @param since when the oldest of them began; null where that is not known
 * @param action the one request that mends it, or that shows what to decide
 */
public record AttentionLine(
        Kind kind,
        Severity severity,
        String title,
        @Nullable String detail,
        long count,
        @Nullable Instant since,
        Action action) {

    /** What needs a person. Written in lower case in JSON. */
    public enum Kind {
        /** A provider rejects the credentials of a connection, or they are missing. */
        CONNECTION_UNHEALTHY,
        /** Runs stopped for one reason. */
        DEAD_LETTERS,
        /** Calls wait for an approval, or for somebody to find out what happened. */
        QUESTION,
        /** Callers did not get what they asked for. */
        CALL_BACKS,
        /** Events of an agent, number or location that belongs to no client. */
        UNATTRIBUTED;

        /** As it appears in the API, for example {@code dead_letters}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How urgent it is: while something bad lasts, more goes wrong. */
    public enum Severity {
        BAD,
        WARNING;

        /** As it appears in the API, for example {@code bad}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a person does about it. */
    public enum Operation {
        RECONNECT,
        REPLAY,
        REVIEW,
        CALL_BACK,
        MAP;

        /** As it appears in the API, for example {@code call_back}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request of the API.
     *
     * @param path below {@code /api/v1}
     * @param body of a POST or PUT, with the members that are known; empty for a GET
     */
    public record Action(Operation operation, String method, String path, Map<String, String> body) {}
}
