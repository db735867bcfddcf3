package dev.patchbay.insights.calls;

import dev.patchbay.kernel.CorrelationId;
import java.time.LocalDate;

/**
 * A row of the table {@code call}: the facts of a call and the result of the flows that it started.
 *
 * @param day the day of the call, in the client's time zone
 * @param erased whether its personal data was erased; the row is then no longer updated from its facts
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
