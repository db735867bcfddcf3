package dev.patchbay.insights.calls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as the API and the portal show it.
 *
 * @param callId the voice provider's id
 * @param seconds 0 until the call has ended
 * @param direction {@code inbound} or {@code outbound}
 * @param from the number as the provider wrote it; null once the person is erased
 * @param caller the person at the other end of the line
 * @param reason the reason why the call is not booked or why something was not done: a code such as {@code no_slot}
 * @param needsPerson whether a person has to do something
 * @param requested the time that the caller asked for: ISO-8601, or the agent's text when it could not be read as a time
 * @param sentence the explanation in the reader's words: for the agency's people with providers, for a client's people with the
 *     next step
 * @param left the functions that were not done although the appointment is booked, for example {@code messaging.sendSms}; empty
 *     for people of a client, who read about it in the sentence
 * @param handled the person who dealt with it, and how
 * @param run the run that decides; null for people of a client
 */
public record CallView(
        String callId,
        String correlationId,
        ClientName client,
        Instant calledAt,
        int seconds,
        @Nullable String direction,
        @Nullable String from,
        @Nullable String to,
        Caller caller,
        CallOutcome outcome,
        @Nullable String reason,
        boolean needsPerson,
        @Nullable String requested,
        @Nullable Booked booked,
        @Nullable String sentence,
        List<String> left,
        @Nullable Handled handled,
        @Nullable Run run) {

    public record ClientName(String id, String name, String timeZone) {}

    /**
     * @param number E.164
     * @param contactId the CRM's id; null for people of a client
     */
    public record Caller(
            @Nullable String name,
            @Nullable String number,
            @Nullable String contactId) {}

    /**
     * @param start ISO-8601 with offset; null for a booking during the call
     * @param local the time as written in the client's locale
     */
    public record Booked(@Nullable String start, @Nullable String local) {}

    /** @param by the id of the user or token */
    public record Handled(
            String by, Instant at, HandledHow how, @Nullable String note) {}

    /** @param status the status of the run, for example {@code parked} */
    public record Run(String id, String status, String flow, String version) {}

    /** Returns the same call for a client's people: with the outcome and the next step, without providers and runs. */
    CallView forClient() {
        return new CallView(
                callId,
                correlationId,
                client,
                calledAt,
                seconds,
                direction,
                from,
                to,
                new Caller(caller.name(), caller.number(), null),
                outcome,
                ClientSentences.reason(reason),
                needsPerson,
                requested,
                booked,
                ClientSentences.of(outcome, reason, left),
                List.of(),
                handled,
                null);
    }
}
