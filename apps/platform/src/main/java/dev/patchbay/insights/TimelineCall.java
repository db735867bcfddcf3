package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.RunId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call of a timeline, with how it ended for the caller. Personal data is null once it was erased.
 *
 * @param callId the voice provider's
 * @param client null until the agent or number is mapped to one
 * @param at when it ended; when it began, while it lasts
 * @param seconds its length
 * @param direction {@code inbound} or {@code outbound}
 * @param from E.164, or the carrier's word for a withheld number
 * @param name of the caller, as the CRM or the agent recorded it
 * @param requested the time that the caller asked for: ISO-8601, or what could not be read as a time
 * @param booked the appointment's time as written in the client's locale
 * @param summary of the conversation, by the voice provider
 * @param endedBy as the voice provider writes it, for example {@code user_hangup}
 * @param sentence why it did not book and what to do next, or what was done
 * @param forClient the same for the client's own people: no provider, no ids
 * @param runId of the run that an event of the call started
 */
public record TimelineCall(
        String callId,
        String correlationId,
        @Nullable ClientOfCall client,
        Instant at,
        @Nullable Instant startedAt,
        @Nullable Long seconds,
        @Nullable String direction,
        @Nullable String from,
        @Nullable String to,
        @Nullable String name,
        @Nullable String requested,
        @Nullable String booked,
        @Nullable String summary,
        @Nullable String sentiment,
        @Nullable String endedBy,
        @Nullable Cost cost,
        Outcome outcome,
        String sentence,
        String forClient,
        @Nullable RunId runId) {

    /**
     * @param timeZone IANA name
     * @param locale IETF language tag
     */
    public record ClientOfCall(String id, String name, String timeZone, String locale) {}

    /** @param amount decimal, in the currency's main unit */
    public record Cost(String amount, String currency) {}

    /** The outcome of a call. Written in lower case in JSON. */
    public enum Outcome {
        BOOKED,
        NOT_BOOKED,
        NEEDS_PERSON,
        /** Not decided yet. */
        WORKING,
        /** No appointment was asked for, or no flow was meant for it. */
        NO_REQUEST,
        /** It was booked, and the booking was taken back. */
        UNDONE;

        /** As it appears in answers, for example {@code not_booked}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
