package dev.patchbay.insights.calls;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** The place of a call in the list: the newest first, calls of one moment by their id. */
record CallCursor(Instant calledAt, String callId) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(.{1,200})");

    static CallCursor of(CallView call) {
        return new CallCursor(call.calledAt(), call.callId());
    }

    /** @throws Problem {@code 400.malformed_request} when no list has written it */
    static CallCursor read(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw unreadable();
        }
        try {
            return new CallCursor(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2));
        } catch (DateTimeException outOfRange) {
            throw unreadable();
        }
    }

    private static Problem unreadable() {
        return new Problem(
                ProblemType.MALFORMED_REQUEST, "The parameter after is the value of next on the page before.");
    }

    @Override
    public String toString() {
        return calledAt.toEpochMilli() + "-" + callId;
    }
}
