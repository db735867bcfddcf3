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
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Sends signed webhooks over HTTP. */
public final class SignedWebhooks {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SignedWebhooks() {}

    /** A response whose body is not always JSON. */
    public record Reply(int status, String contentType, String body) {}

    public static Reply twilio(String url, String token, String form) {
        return twilio(url, url, token, form);
    }

    /** @param signedUrl the URL that is signed */
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
                WebhookSigner.twilio(token, text.toString()));
    }

    /** @param hashed the body whose hash is in the URL */
    public static Reply twilioJson(String url, String token, String hashed, String body) {
        String whole = url + "?bodySHA256=" + HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(hashed)));
        return post(whole, "application/json", body, "X-Twilio-Signature", WebhookSigner.twilio(token, whole));
    }

    public static Reply stripe(String url, String secret, String body, Instant at) {
        return post(
                url,
                "application/json; charset=utf-8",
                body,
                "Stripe-Signature",
                WebhookSigner.stripe(secret, body, at));
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
