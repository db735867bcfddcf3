package dev.patchbay.insights.calls;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.Instant;
import java.util.regex.Pattern;

/** The position of a call in the list, which is sorted from the newest call to the oldest, and for one moment by id. */
record CallCursor(Instant calledAt, String callId) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(.{1,200})");

    static CallCursor of(CallView call) {
        return new CallCursor(call.calledAt(), call.callId());
    }

    /**
     * Reads a cursor.
     *
     * @throws Problem {@code 400.malformed_request} when the text is no cursor of a list
     */
    static CallCursor read(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw unreadable();
        }
        return new CallCursor(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2));
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
