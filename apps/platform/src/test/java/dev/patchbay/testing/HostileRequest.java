package dev.patchbay.testing;

import dev.patchbay.ingress.spi.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A webhook parsed from a fuzzer's bytes: a URL, headers, an empty line and the body, as in HTTP. Bytes that do not begin with a
 * URL are a body alone, so that a provider's sample is an input without changes.
 *
 * @param headers case-insensitive, as a servlet container's
 */
public record HostileRequest(String url, Map<String, String> headers, byte[] body) {

    private static final String FORM = "application/x-www-form-urlencoded";

    public static HostileRequest read(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        if (end < 0 || !text.startsWith("http")) {
            return of("https://hooks.example/ingress/x", Map.of(), input);
        }
        String[] lines = text.substring(0, end).split("\n", -1);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int at = 1; at < lines.length; at++) {
            String[] parts = lines[at].split(": ", 2);
            headers.putIfAbsent(parts[0], parts[parts.length - 1]);
        }
        return of(lines[0], headers, text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HostileRequest of(String url, Map<String, String> stated, byte[] body) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(stated);
        headers.putIfAbsent("Content-Type", body.length > 0 && "{[".indexOf(body[0]) >= 0 ? "application/json" : FORM);
        return new HostileRequest(url, headers, body);
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The same request with this header. */
    public HostileRequest with(String name, String value) {
        var changed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, value);
        return new HostileRequest(url, changed, body);
    }

    /** The same request with a valid signature, which no fuzzer finds, in place of {@code {genuine}} in the header. */
    public HostileRequest signed(String name, UnaryOperator<String> genuine) {
        String stated = header(name);
        return stated.contains("{genuine}") ? with(name, stated.replace("{genuine}", genuine.apply(stated))) : this;
    }

    /** The same request with one changed byte in the body. */
    public HostileRequest tampered() {
        byte[] changed = body.length == 0 ? new byte[1] : body.clone();
        changed[changed.length / 2] ^= 1;
        return new HostileRequest(url, headers, changed);
    }

    public Delivery delivery() {
        return new Delivery(url, name -> Optional.ofNullable(headers.get(name)), body);
    }

    @Override
    public String toString() {
        return url + " " + headers + "\n" + new String(body, StandardCharsets.UTF_8);
    }
}
