package dev.patchbay.benchmark.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP response.
 *
 * @param eventId of the event that the platform stored; a dash when the body names none
 * @param closesConnection whether the server closes the connection after this response
 */
record HttpResponse(int status, String eventId, boolean closesConnection) {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,9})\r\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked\r\n");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: *close\r\n");
    private static final Pattern EVENT = Pattern.compile("\"eventId\" *: *\"([^\"]{1,64})\"");

    /** Parses the bytes received so far; empty unless they are a complete response. The buffer is being filled and is not changed. */
    static Optional<HttpResponse> parse(ByteBuffer received) {
        String text =
                new String(received.array(), received.arrayOffset(), received.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String head = text.substring(0, end + 2);
        String body = text.substring(end + 4);
        var length = LENGTH.matcher(head);
        boolean complete = CHUNKED.matcher(head).find()
                ? body.endsWith("0\r\n\r\n")
                : !length.find() || body.length() >= Integer.parseInt(length.group(1));
        if (!complete) {
            return Optional.empty();
        }
        var event = EVENT.matcher(body);
        return Optional.of(new HttpResponse(
                Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
                event.find() ? event.group(1) : "-",
                CLOSE.matcher(head).find()));
    }
}
