package dev.patchbay.integrations.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Forgeries;
import dev.patchbay.testing.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StripeWebhookVerifierTests {

    private static final long SIGNED_AT = 1_700_000_000L;
    private static final String BODY = "{\"id\":\"evt_test\",\"object\":\"event\"}";
    private static final String SECRET = "whsec_test";
    private static final String V1 = "c25fec335f20601dcb662f0e7c4944646158a9324bb6ed8b7f6ab126449f507a";
    private static final String HEADER = "t=1700000000,v1=" + V1;
    private static final String OTHER = "0000000000000000000000000000000000000000000000000000000000000000";
    private final StripeWebhookVerifier verifier = new StripeWebhookVerifier();

    private Verdict verify(String header, Map<String, String> secrets, long at) {
        Account account = TestHttp.account("stripe", URI.create("https://s"), "{}", secrets);
        return verifier.verify(
                Forgeries.delivery("https://us", Map.of("Stripe-Signature", header), Hashing.utf8(BODY)),
                account,
                Instant.ofEpochSecond(at));
    }

    private Verdict verify(String header, long at) {
        return verify(header, Map.of("webhook_secret", SECRET), at);
    }

    private static String sign(String secret, String text) {
        return HexFormat.of().formatHex(WebhookSigner.hmac("HmacSHA256", secret, text));
    }

    @Test
    void acceptsStripesSignature() {
        assertThat(verify(HEADER, SIGNED_AT)).isEqualTo(Verdict.VALID);
        assertThat(verifier.provider()).isEqualTo("stripe");
    }

    @ParameterizedTest
    @CsvSource({"300, VALID", "-300, VALID", "301, EXPIRED", "-301, EXPIRED", "86400, EXPIRED", "-86400, EXPIRED"})
    void toleratesFiveMinutesBothWays(long skew, Verdict verdict) {
        assertThat(verify(HEADER, SIGNED_AT + skew)).isEqualTo(verdict);
    }

    @Test
    void acceptsAnySignatureDuringARotation() {
        assertThat(verify("t=1700000000,v1=" + OTHER + ",v1=" + V1, SIGNED_AT)).isEqualTo(Verdict.VALID);
        assertThat(verify("t=1700000000,v1=" + V1 + ",v1=" + OTHER + ",v0=" + OTHER, SIGNED_AT))
                .isEqualTo(Verdict.VALID);
        assertThat(verify("v1=" + V1 + ",t=1700000000", SIGNED_AT)).isEqualTo(Verdict.VALID);
        assertThat(verify(HEADER, Map.of("webhook_secret", "whsec_new", "webhook_secret.old", SECRET), SIGNED_AT))
                .isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=1700000000",
                "v1=" + V1,
                "t=1700000000,v0=" + V1,
                "t=1700000000,v1=" + OTHER,
                "t=1700000001,v1=" + V1,
                "t=01700000000,v1=" + V1,
                "t=1700000000,t=1700000000,v1=" + V1,
                "t=170000,t=0000,v1=" + V1,
                "t=soon,v1=" + V1,
                "t=-1700000000,v1=" + V1,
                "t=1700000000, v1=" + V1,
                "t=1700000000,v1=" + V1 + ",",
                "t=1700000000,v1=" + V1 + "0",
                "t=1700000000;v1=" + V1
            })
    void readsTheHeaderStrictly(String header) {
        assertThat(verify(header, SIGNED_AT)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void anInvalidSignatureIsNeverReportedAsExpiredAndTooManyAreRefused() {
        assertThat(verify("t=1700000000,v1=" + OTHER, 0)).isEqualTo(Verdict.INVALID);
        assertThat(verify(HEADER, Map.of("webhook_secret", "whsec_other"), SIGNED_AT))
                .isEqualTo(Verdict.INVALID);
        assertThat(verify(HEADER, Map.of(), SIGNED_AT)).isEqualTo(Verdict.INVALID);
        assertThat(verify("t=1700000000" + (",v1=" + OTHER).repeat(16) + ",v1=" + V1, SIGNED_AT))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesEverythingOneByteAwayFromGenuine() {
        Account account = TestHttp.account(
                "stripe", URI.create("https://s"), "{}", Map.of("webhook_secret", "new", "webhook_secret.old", SECRET));
        String body = "{\"id\":\"evt_1\",\"note\":\"é\"}";
        String header = "t=1700000000,v1=" + sign(SECRET, "1700000000." + body);
        Forgeries.of(
                        "https://us",
                        Map.of("Stripe-Signature", header),
                        Hashing.utf8(body),
                        it -> verifier.verify(it, account, Instant.ofEpochSecond(SIGNED_AT)))
                .rejectedInBody()
                .rejectedInHeader("Stripe-Signature")
                .rejectedWithoutHeader("Stripe-Signature");
    }

    @Test
    void agreesWithThePublishedVectors() throws IOException {
        Path file = Path.of(System.getProperty("user.dir"))
                .resolve("../../../shared/vendors/vectors/signature-vectors.json");
        assumeTrue(Files.exists(file), "the vendors' vectors are not here");
        JsonNode vector = Json.read(Files.readAllBytes(file)).path("stripe");
        assertThat(vector.path("payload").asString()).isEqualTo(BODY);
        assertThat(verify(
                        vector.path("header").asString(),
                        Map.of("webhook_secret", vector.path("secret").asString()),
                        SIGNED_AT))
                .isEqualTo(Verdict.VALID);
    }
}
