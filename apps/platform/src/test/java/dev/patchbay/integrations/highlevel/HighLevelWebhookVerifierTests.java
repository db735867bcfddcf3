package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighLevelWebhookVerifierTests {

    private static final String BODY =
            "{\"type\":\"ContactCreate\",\"webhookId\":\"w1\",\"timestamp\":\"2026-11-23T00:00:00Z\"}";
    private static final String KEY = "MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private static final String SIGNATURE =
            "cadEaZOGXIte1zkiHTycViuZjLyLtah49WUiqfpJ7yYHAKi8+us2bO+rEqkJowZPNLfglom62I12gxS8jaHHAg==";
    private static final Instant TOLD_AT = Instant.parse("2026-11-23T00:00:00Z");
    private final HighLevelWebhookVerifier verifier = new HighLevelWebhookVerifier();

    private Verdict verify(byte[] body, String name, String signature, String settings, Instant now) {
        var account = TestHttp.account("highlevel", URI.create("https://h"), settings, Map.of());
        var delivery = new Delivery(
                "https://us/ingress/highlevel/k",
                requested -> Optional.of(signature).filter(it -> requested.equals(name)),
                body);
        return verifier.verify(delivery, account, now);
    }

    private Verdict verify(String body, String signature, String key, Instant now) {
        return verify(
                Hashing.utf8(body),
                "x-ghl-signature",
                signature,
                Json.write(Json.object().put("webhookPublicKey", key)),
                now);
    }

    @Test
    void acceptsHighLevelsSignature() {
        assertThat(verify(BODY, SIGNATURE, KEY, TOLD_AT)).isEqualTo(Verdict.VALID);
        assertThat(verifier.provider()).isEqualTo("highlevel");
    }

    @Test
    void acceptsPemKeysAndSeveralKeys() throws GeneralSecurityException {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + KEY + "\n-----END PUBLIC KEY-----\n";
        assertThat(verify(BODY, SIGNATURE, pem, TOLD_AT)).isEqualTo(Verdict.VALID);
        var settings = Json.object();
        settings.putArray("webhookPublicKey").add("no key at all").add(7).add(KEY);
        assertThat(verify(Hashing.utf8(BODY), "x-ghl-signature", SIGNATURE, Json.write(settings), TOLD_AT))
                .isEqualTo(Verdict.VALID);
        assertThat(verify(BODY, SIGNATURE, "no key", TOLD_AT)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesASignatureOfAnotherKeyThanThePublishedOne() {
        assertThat(verify(Hashing.utf8(BODY), "x-ghl-signature", SIGNATURE, "{}", TOLD_AT))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void ignoresTheOldHeader() {
        String settings = Json.write(Json.object().put("webhookPublicKey", KEY));
        assertThat(verify(Hashing.utf8(BODY), "x-wh-signature", SIGNATURE, settings, TOLD_AT))
                .isEqualTo(Verdict.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"300, VALID", "-300, VALID", "301, EXPIRED", "-301, EXPIRED"})
    void toleratesFiveMinutesBothWays(long seconds, Verdict verdict) {
        assertThat(verify(BODY, SIGNATURE, KEY, TOLD_AT.plusSeconds(seconds))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"X\"}                                            | VALID",
                "{\"type\":\"X\",\"timestamp\":1795392000000}                  | VALID",
                "{\"type\":\"X\",\"timestamp\":\"1795392000000\"}              | VALID",
                "{\"type\":\"X\",\"timestamp\":\"2026-11-23T01:00:00+01:00\"}  | VALID",
                "{\"type\":\"X\",\"timestamp\":\"yesterday\"}                  | EXPIRED",
                "{\"type\":\"X\",\"timestamp\":\"99999999999999999999999\"}    | EXPIRED",
                "{\"type\":\"X\",\"timestamp\":null}                         | EXPIRED",
                "{\"type\":\"X\",\"timestamp\":{}}                           | EXPIRED",
                "no JSON                                                 | VALID"
            })
    void checksTheTimestampOfTheBody(String body, Verdict verdict) throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(keys.getPrivate());
        ed25519.update(Hashing.utf8(body));
        String signature = Base64.getEncoder().encodeToString(ed25519.sign());
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        assertThat(verify(body, signature, key, TOLD_AT)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "cadE", "not base64!", " ", "AAAA"})
    void readsTheHeaderStrictly(String header) {
        assertThat(verify(BODY, header, KEY, TOLD_AT)).isEqualTo(Verdict.INVALID);
        assertThat(verify(BODY, SIGNATURE + header, KEY, TOLD_AT))
                .isEqualTo(header.isEmpty() ? Verdict.VALID : Verdict.INVALID);
    }

    @Test
    void anInvalidSignatureIsNeverReportedAsExpired() {
        assertThat(verify(BODY, SIGNATURE.replace('c', 'd'), KEY, TOLD_AT.plusSeconds(900)))
                .isEqualTo(Verdict.INVALID);
    }

    /** Every value of every byte: base64 has characters that decode alike. */
    @Test
    void refusesEverySingleChangedByteOfBodyOrHeader() {
        byte[] body = Hashing.utf8(BODY);
        for (int at = 0; at < body.length; at++) {
            byte[] changed = body.clone();
            changed[at] ^= (byte) (1 + at % 255);
            String settings = Json.write(Json.object().put("webhookPublicKey", KEY));
            assertThat(verify(changed, "x-ghl-signature", SIGNATURE, settings, TOLD_AT))
                    .isEqualTo(Verdict.INVALID);
        }
        for (int at = 0; at < SIGNATURE.length(); at++) {
            for (char other = 32; other < 127; other++) {
                if (other != SIGNATURE.charAt(at) && (at > 80 || other % 7 == 0)) {
                    var changed = new StringBuilder(SIGNATURE);
                    changed.setCharAt(at, other);
                    assertThat(verify(BODY, changed.toString(), KEY, TOLD_AT))
                            .as(changed.toString())
                            .isEqualTo(Verdict.INVALID);
                }
            }
        }
    }

    @Test
    void agreesWithThePublishedVectors() throws IOException {
        Path file = Path.of(System.getProperty("user.dir"))
                .resolve("../../../shared/vendors/vectors/signature-vectors.json");
        assumeTrue(Files.exists(file), "the vendors' vectors are not here");
        var vector = Json.read(Files.readAllBytes(file)).path("highlevelEd25519");
        assertThat(verify(
                        vector.path("body").asString(),
                        vector.path("signature").asString(),
                        vector.path("publicKeyPem").asString(),
                        TOLD_AT))
                .isEqualTo(Verdict.VALID);
    }
}
