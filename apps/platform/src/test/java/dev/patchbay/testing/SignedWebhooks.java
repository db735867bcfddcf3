package dev.patchbay.testing;

import dev.patchbay.kernel.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks sent over HTTP, signed as their vendors sign. */
public final class SignedWebhooks {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SignedWebhooks() {}

    /** An answer as it was read: not every vendor wants JSON. */
    public record Reply(int status, String contentType, String body) {}

    public static Reply twilio(String url, String token, String form) {
        return twilio(url, url, token, form);
    }

    /** @param signedUrl the address Twilio believes it calls */
    public static Reply twilio(String url, String signedUrl, String token, String form) {
        var text = new StringBuilder(signedUrl);
        for (String pair : new TreeSet<>(List.of(form.split("&", -1)))) {
            text.append(URLDecoder.decode(pair.replaceFirst("=", ""), StandardCharsets.UTF_8));
        }
        return post(
                url,
                "application/x-www-form-urlencoded",
                form,
                "X-Twilio-Signature",
                twilioSignature(token, text.toString()));
    }

    /** @param hashed the body that the address states the hash of */
    public static Reply twilioJson(String url, String token, String hashed, String body) {
        String whole = url + "?bodySHA256=" + HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(hashed)));
        return post(whole, "application/json", body, "X-Twilio-Signature", twilioSignature(token, whole));
    }

    private static String twilioSignature(String token, String text) {
        return Base64.getEncoder().encodeToString(mac("HmacSHA1", token, text));
    }

    public static Reply stripe(String url, String secret, String body, Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        String v1 = HexFormat.of().formatHex(mac("HmacSHA256", secret, seconds + "." + body));
        return post(url, "application/json; charset=utf-8", body, "Stripe-Signature", "t=" + seconds + ",v1=" + v1);
    }

    public static byte[] mac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(Hashing.utf8(key), algorithm));
            return mac.doFinal(Hashing.utf8(text));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public static Reply post(String url, String contentType, String body, String header, String value) {
        var request = TestEnvironment.request(URI.create(url))
                .header("Content-Type", contentType)
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
