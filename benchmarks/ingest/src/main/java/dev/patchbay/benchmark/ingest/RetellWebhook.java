package dev.patchbay.benchmark.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Retell's webhook of one ended call. It is prepared once, so that a request costs little more than its signature: only the id, the
 * caller's last digits, the time and the signature differ.
 */
final class RetellWebhook {

    /** Length of every id, so that every request has the same length. */
    static final int ID_LENGTH = 32;

    private static final String ID = "@".repeat(ID_LENGTH);
    private static final Pattern CALLER = Pattern.compile("#+");
    private static final String FILL = "%FILL%";
    private static final String SENTENCE = "Agent: Which day suits you? User: Thursday after four, if you can. ";
    private static final int MILLIS_LENGTH = 13;
    private static final int DIGEST_LENGTH = 64;

    private final byte[] head;
    private final byte[] body;
    private final int idAt;
    private final int callerFrom;
    private final int callerTo;
    private final Mac mac;
    private final byte[] digest = new byte[DIGEST_LENGTH / 2];

    /**
     * @param event Retell's name of the event, for example {@code call_analyzed}
     * @param bytes length of the body; the transcript is filled up to it
     */
    RetellWebhook(URI target, String secret, String event, String agent, int bytes) {
        String text =
                template().replace("%EVENT%", event).replace("%AGENT%", agent).replace("%ID%", ID);
        int room = bytes - (text.length() - FILL.length());
        if (room < 0) {
            throw new IllegalArgumentException("--bytes must be at least " + (bytes - room));
        }
        String whole =
                text.replace(FILL, SENTENCE.repeat(room / SENTENCE.length() + 1).substring(0, room));
        this.body = whole.getBytes(StandardCharsets.US_ASCII);
        this.idAt = whole.indexOf(ID);
        var caller = CALLER.matcher(whole);
        if (!caller.find()) {
            throw new IllegalStateException("the template has no caller");
        }
        this.callerFrom = caller.start();
        this.callerTo = caller.end();
        this.head = String.join(
                        "\r\n",
                        "POST " + target.getRawPath() + " HTTP/1.1",
                        "Host: " + target.getRawAuthority(),
                        "Content-Type: application/json",
                        "Content-Length: " + body.length,
                        "x-retell-signature: v=")
                .getBytes(StandardCharsets.US_ASCII);
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    int length() {
        return head.length + MILLIS_LENGTH + ",d=".length() + DIGEST_LENGTH + "\r\n\r\n".length() + body.length;
    }

    /** Writes a complete request into the buffer and flips it for the socket. */
    void prepare(String id, long number, long millis, ByteBuffer out) {
        byte[] written = id.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(written, 0, body, idAt, ID_LENGTH);
        long rest = number;
        for (int at = callerTo - 1; at >= callerFrom; at--) {
            body[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        byte[] time = Long.toString(millis).getBytes(StandardCharsets.US_ASCII);
        mac.update(body);
        mac.update(time);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException longEnough) {
            throw new IllegalStateException(longEnough);
        }
        out.clear()
                .put(head)
                .put(time)
                .put((byte) ',')
                .put((byte) 'd')
                .put((byte) '=')
                .put(HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII))
                .putInt(0x0D0A0D0A) // an empty line
                .put(body)
                .flip();
    }

    private static String template() {
        try (var file = Objects.requireNonNull(RetellWebhook.class.getResourceAsStream("call.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }
}
