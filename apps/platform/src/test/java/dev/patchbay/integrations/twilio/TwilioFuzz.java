package dev.patchbay.integrations.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.ingestion.IngestionFixture;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.testing.HostileRequest;
import dev.patchbay.testing.Oracle;
import dev.patchbay.testing.WebhookSigner;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fuzzes Twilio's webhooks: valid only when the parameters, decoded and joined by a second implementation, were signed with the
 * address as called or with its port; then mapped to an event or refused as declared.
 */
final class TwilioFuzz {

    private static final String HEADER = "X-Twilio-Signature";
    private static final String TOKEN = "the-auth-token";
    private static final Account ACCOUNT =
            TestHttp.account("twilio", URI.create("https://t"), "{}", Map.of("auth_token", TOKEN));
    private static final TwilioWebhookVerifier VERIFIER = new TwilioWebhookVerifier();
    private static final TwilioNormaliser NORMALISER = new TwilioNormaliser();

    private TwilioFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HostileRequest request = HostileRequest.read(input);
        boolean form = request.delivery().mediaType().equals(TwilioNormaliser.FORM);
        String parameters = form ? parameters(request.body()) : "";
        HostileRequest hostile = request.signed(HEADER, it -> sign(request.url() + parameters));
        if (verify(hostile) != Verdict.INVALID) {
            Oracle.demand(
                    addresses(hostile.url()).stream()
                            .anyMatch(it -> hostile.header(HEADER).equals(sign(it + parameters))),
                    "valid although unsigned: " + hostile);
            Oracle.demand(form || names(hostile), "valid although its body was not signed: " + hostile);
        }
        checkSignedForms(request);
        IngestionFixture.normalise(NORMALISER, request.delivery());
    }

    /** A form as Twilio encodes it passes with any content; with one more parameter it does not. */
    private static void checkSignedForms(HostileRequest request) {
        String word = new String(request.body(), UTF_8);
        var form = new TreeMap<>(Map.of("AccountSid", "AC1", "Body", word));
        form.put(
                word.substring(0, word.offsetByCodePoints(0, Math.min(8, word.codePointCount(0, word.length())))), "x");
        String url = "https://hooks.example/ingress/twilio/key";
        String signed =
                form.entrySet().stream().map(it -> it.getKey() + it.getValue()).collect(Collectors.joining());
        String body = form.entrySet().stream()
                .map(it -> URLEncoder.encode(it.getKey(), UTF_8) + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        var headers = Map.of("Content-Type", TwilioNormaliser.FORM, HEADER, sign(url + signed));
        Oracle.verdict(TwilioFuzz::verify, request(url, headers, body), true);
        Oracle.verdict(TwilioFuzz::verify, request(url + "?x=1", headers, body), false);
        Oracle.verdict(TwilioFuzz::verify, request(url, headers, body + "&Fro=m"), false);
    }

    private static HostileRequest request(String url, Map<String, String> headers, String body) {
        var found = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(headers);
        return new HostileRequest(url, found, Hashing.utf8(body));
    }

    private static Verdict verify(HostileRequest request) {
        return VERIFIER.verify(request.delivery(), ACCOUNT, Instant.EPOCH);
    }

    private static boolean names(HostileRequest request) {
        String hash = HexFormat.of().formatHex(Hashing.sha256(request.body()));
        return request.url().toLowerCase(java.util.Locale.ROOT).contains("bodysha256=" + hash);
    }

    /** The address as it is, without its port, and with the scheme's default port. */
    private static List<String> addresses(String url) {
        var all = new ArrayList<>(List.of(url));
        int start = url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(start, end);
        String rest = url.substring(end);
        String bare = authority.replaceFirst(":[0-9]+$", "");
        all.add(url.substring(0, start) + bare + rest);
        all.add(url.substring(0, start) + bare + (url.startsWith("https") ? ":443" : ":80") + rest);
        return all;
    }

    /** The form's names and values, sorted and joined. */
    private static String parameters(byte[] body) {
        var form = new TreeMap<String, TreeSet<String>>();
        for (String pair : new String(body, UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                form.computeIfAbsent(decode(name), it -> new TreeSet<>()).add(decode(value));
            }
        }
        var text = new StringBuilder();
        form.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private static String decode(String text) {
        byte[] from = text.getBytes(UTF_8);
        var to = new ByteArrayOutputStream();
        for (int at = 0; at < from.length; at++) {
            boolean escape = from[at] == '%'
                    && at + 2 < from.length
                    && Character.digit(from[at + 1], 16) >= 0
                    && Character.digit(from[at + 2], 16) >= 0;
            if (escape) {
                to.write(Character.digit(from[at + 1], 16) * 16 + Character.digit(from[at + 2], 16));
                at += 2;
            } else {
                to.write(from[at] == '+' ? ' ' : from[at]);
            }
        }
        return to.toString(UTF_8);
    }

    private static String sign(String text) {
        return Base64.getEncoder()
                .encodeToString(WebhookSigner.hmac("HmacSHA1", TOKEN.getBytes(UTF_8), text.getBytes(UTF_8)));
    }
}
