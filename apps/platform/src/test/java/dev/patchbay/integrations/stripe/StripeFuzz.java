package dev.patchbay.integrations.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.ingestion.IngestionFixture;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.testing.HostileRequest;
import dev.patchbay.testing.Oracle;
import dev.patchbay.testing.WebhookSigner;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Fuzzes Stripe's webhooks: valid only by a second computation, then mapped to an event or refused as declared. */
final class StripeFuzz {

    private static final String HEADER = "Stripe-Signature";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
    private static final List<String> SECRETS = List.of("whsec_old", "whsec_new");
    private static final Account ACCOUNT = TestHttp.account(
            "stripe",
            URI.create("https://s"),
            "{}",
            Map.of("webhook_secret", SECRETS.getFirst(), "webhook_secret.next", SECRETS.getLast()));
    private static final StripeWebhookVerifier VERIFIER = new StripeWebhookVerifier();
    private static final StripeNormaliser NORMALISER = new StripeNormaliser();

    private StripeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HostileRequest request = HostileRequest.read(input);
        HostileRequest hostile = request.signed(HEADER, it -> sign(request.body(), time(it), SECRETS.getLast()));
        Verdict verdict = verify(hostile);
        Oracle.demand(
                verdict == Verdict.INVALID || isSigned(hostile.header(HEADER), hostile.body()),
                verdict + " of what nobody signed: " + hostile);
        String now = Long.toString(NOW.getEpochSecond());
        HostileRequest ours =
                request.with(HEADER, "t=" + now + ",v1=" + sign(request.body(), now, SECRETS.getFirst()) + ",v0=00");
        Oracle.demand(verify(ours) == Verdict.VALID, "a genuine webhook was refused: " + ours);
        Oracle.verdict(StripeFuzz::verify, ours.tampered(), false);
        IngestionFixture.normalise(NORMALISER, request.delivery());
    }

    private static Verdict verify(HostileRequest request) {
        return VERIFIER.verify(request.delivery(), ACCOUNT, NOW);
    }

    /** Whether the header has one time, and a signature of that time and this body. */
    private static boolean isSigned(String header, byte[] body) {
        List<String> elements = Arrays.asList(header.split(",", -1));
        String time = time(header);
        return elements.stream().filter(it -> it.startsWith("t=")).count() == 1
                && SECRETS.stream().anyMatch(secret -> elements.contains("v1=" + sign(body, time, secret)));
    }

    private static String time(String header) {
        return Arrays.stream(header.split(",", -1))
                .filter(it -> it.startsWith("t="))
                .map(it -> it.substring(2))
                .findFirst()
                .orElse("");
    }

    private static String sign(byte[] body, String time, String secret) {
        return HexFormat.of()
                .formatHex(
                        WebhookSigner.hmac("HmacSHA256", secret.getBytes(UTF_8), (time + ".").getBytes(UTF_8), body));
    }
}
