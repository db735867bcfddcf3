package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Forgeries;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RetellWebhookVerifierTests {

    private static final long SIGNED_AT = 1_700_000_000_000L;
    private static final String BODY = "{\"event\":\"call_ended\"}";
    private static final String KEY = "test-api-key";
    private static final String HEADER =
            "v=1700000000000,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e";
    private final RetellWebhookVerifier verifier = new RetellWebhookVerifier();

    private Verdict verify(byte[] body, String header, String key, long at) {
        Account account = TestHttp.account("retell", URI.create("https://r"), "{}", Map.of("api_key", key));
        Delivery delivery = new Delivery(
                "https://us/ingress/retell/k",
                name -> Optional.of(header).filter(it -> name.equals("x-retell-signature")),
                body);
        return verifier.verify(delivery, account, Instant.ofEpochMilli(at));
    }

    private Verdict verify(String header, long at) {
        return verify(BODY.getBytes(StandardCharsets.UTF_8), header, KEY, at);
    }

    @Test
    void acceptsRetellsSignature() {
        assertThat(verify(HEADER, SIGNED_AT)).isEqualTo(Verdict.VALID);
        assertThat(verifier.provider()).isEqualTo("retell");
    }

    @ParameterizedTest
    @CsvSource({"300000, VALID", "-300000, VALID", "300001, EXPIRED", "-300001, EXPIRED"})
    void toleratesFiveMinutesBothWays(long skew, Verdict verdict) {
        assertThat(verify(HEADER, SIGNED_AT + skew)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1700000000000",
                "d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e",
                "v=1700000000000,d=",
                " v=1700000000000,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e",
                "v=1700000000000, d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e",
                "v=1700000000000,d=07024CABE7DD8F6D1C6E4A8324CA92C812E6AD4A7EE506C04F7E462E3321823E",
                "v=-1700000000000,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e",
                "v=99999999999999999999,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e",
                "v=1700000000000,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e,d=00"
            })
    void readsTheHeaderStrictly(String header) {
        assertThat(verify(header, SIGNED_AT)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void anInvalidSignatureIsNeverReportedAsExpired() {
        assertThat(verify(HEADER.replace("d=07", "d=08"), 0)).isEqualTo(Verdict.INVALID);
        assertThat(verify(BODY.getBytes(StandardCharsets.UTF_8), HEADER, "other", 0))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesEverythingOneByteAwayFromGenuine() {
        Account account = TestHttp.account("retell", URI.create("https://r"), "{}", Map.of("api_key", KEY));
        Forgeries.of(
                        "https://us/ingress/retell/k",
                        Map.of("x-retell-signature", HEADER),
                        BODY.getBytes(StandardCharsets.UTF_8),
                        it -> verifier.verify(it, account, Instant.ofEpochMilli(SIGNED_AT)))
                .rejectedInBody()
                .rejectedInHeader("x-retell-signature")
                .rejectedWithoutHeader("x-retell-signature");
    }

    @Test
    void acceptsEitherKeyDuringARotation() {
        Account account = TestHttp.account(
                "retell", URI.create("https://r"), "{}", Map.of("api_key", "old", "api_key.next", KEY));
        Delivery delivery = Forgeries.delivery(
                "https://us", Map.of("X-Retell-Signature", HEADER), BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(delivery, account, Instant.ofEpochMilli(SIGNED_AT)))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void agreesWithThePublishedVectors() throws IOException {
        Path file = Path.of(System.getProperty("user.dir"))
                .resolve("../../../shared/vendors/vectors/signature-vectors.json");
        assumeTrue(Files.exists(file), "the vendors' vectors are not here");
        JsonNode vectors = Json.read(Files.readAllBytes(file));
        for (String name : new String[] {"retell", "retellUtf8"}) {
            JsonNode vector = vectors.path(name);
            byte[] body = vector.path("body").asString().getBytes(StandardCharsets.UTF_8);
            String header = vector.path("header").asString();
            assertThat(verify(body, header, vector.path("key").asString(), SIGNED_AT))
                    .isEqualTo(Verdict.VALID);
        }
    }
}
