package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.RunId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call of a timeline, with its outcome for the caller. Personal data is null once it was erased.
 *
 * @param callId the voice provider's id
 * @param client null until the agent or number is mapped to one
 * @param at the moment at which it ended; while it lasts, the moment at which it began
 * @param seconds its length in seconds
 * @param direction {@code inbound} or {@code outbound}
 * @param from E.164, or the carrier's word for a withheld number
 * @param name the caller's name, as the CRM or the agent recorded it
 * @param requested the time that the caller asked for: ISO-8601, or the recorded text when it could not be read as a time
 * @param booked the appointment's time as written in the client's locale
 * @param summary the voice provider's summary of the conversation
 * @param endedBy the reason why it ended, as the voice provider writes it, for example {@code user_hangup}
 * @param sentence the reason why it did not book and the next step, or what was done
 * @param forClient the same sentence for the client's own people, without providers and ids
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

    /** @param amount a decimal in the currency's main unit */
    public record Cost(String amount, String currency) {}

    /** The outcome of a call. Written in lower case in JSON. */
    public enum Outcome {
        BOOKED,
        NOT_BOOKED,
        NEEDS_PERSON,
        /** The outcome is not decided yet. */
        WORKING,
        /** The caller asked for no appointment, or no flow was meant for the call. */
        NO_REQUEST,
        /** An appointment was booked, and the booking was taken back. */
        UNDONE;

        /** Returns the outcome as the API writes it, for example {@code not_booked}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
