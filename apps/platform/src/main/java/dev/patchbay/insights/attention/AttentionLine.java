package dev.patchbay.insights.attention;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param title the title, in a few words
 * @param detail one more sentence; null when the title is enough
 * @param count the number of runs, calls or events that it concerns
 * @param since the moment at which the oldest of them began; null when it is not known
 * @param action the one request that solves it, or that shows the decision to be made
 */
public record AttentionLine(
        Kind kind,
        Severity severity,
        String title,
        @Nullable String detail,
        long count,
        @Nullable Instant since,
        Action action) {

    /** The kind of thing that needs a person. Written in lower case in JSON. */
    public enum Kind {
        /** A provider rejects the credentials of a connection, or they are missing. */
        CONNECTION_UNHEALTHY,
        /** Runs stopped for one reason. */
        DEAD_LETTERS,
        /** Calls wait for an approval, or for a person to find out what happened. */
        QUESTION,
        /** Callers did not get the appointment or service that they asked for. */
        CALL_BACKS,
        /** Events of an agent, number or location that belongs to no client. */
        UNATTRIBUTED;

        /** Returns the kind as the API writes it, for example {@code dead_letters}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The urgency. A problem that is {@link #BAD} causes more failures while it lasts. */
    public enum Severity {
        BAD,
        WARNING;

        /** Returns the urgency as the API writes it, for example {@code bad}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The step that a person has to take. */
    public enum Operation {
        RECONNECT,
        REPLAY,
        REVIEW,
        CALL_BACK,
        MAP;

        /** Returns the step as the API writes it, for example {@code call_back}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request of the API.
     *
     * @param path the path below {@code /api/v1}
     * @param body the body of a POST or PUT, with the members that are known; empty for a GET
     */
    public record Action(Operation operation, String method, String path, Map<String, String> body) {}
}
