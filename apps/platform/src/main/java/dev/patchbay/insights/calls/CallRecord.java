package dev.patchbay.insights.calls;

import dev.patchbay.kernel.CorrelationId;
import java.time.LocalDate;

/**
 * A row of the table {@code call}: the facts of a call and the result of the flows that it started.
 *
 * @param day of the call, in the client's time zone
 * @param erased whether a person was taken out of it; then it no longer follows its facts
 */
record CallRecord(
        String callId,
        CorrelationId correlation,
        CallDetails details,
        LocalDate day,
        CallResult result,
        boolean erased) {

    CallRecord withDetails(CallDetails next, LocalDate nextDay) {
        return new CallRecord(callId, correlation, next, nextDay, result, erased);
    }

    CallRecord withResult(CallResult next) {
        return new CallRecord(callId, correlation, details, day, next, erased);
    }
}
