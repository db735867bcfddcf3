package dev.patchbay.insights.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call.
 *
 * @param reason the code of a failure reason, or {@code raised}, {@code rejected} or {@code cancelled}
 * @param sentence the reason in a sentence, for people of the agency
 * @param failedCalls functions that were not done although the appointment is booked
 * @param bookedStart ISO-8601 with offset
 * @param bookedLocal as written in the client's locale
 * @param run the run that decides: the one that booked, or else the one that most needs attention
 * @param live whether the agent called functions during the call
 */
record CallResult(
        CallOutcome outcome,
        @Nullable String reason,
        boolean needsPerson,
        @Nullable String sentence,
        List<String> failedCalls,
        @Nullable String bookedStart,
        @Nullable String bookedLocal,
        @Nullable String contactId,
        @Nullable DecidingRun run,
        boolean live) {

    /** The run that decides about a call's outcome. */
    record DecidingRun(String id, String status, String flow, String version) {}
}
