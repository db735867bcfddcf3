package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Forgeries;
import dev.patchbay.testing.Samples;
import dev.patchbay.testing.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TwilioWebhookVerifierTests {

    private static final String TOKEN = "12345";
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String PARAMETERS =
            "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private static final String JSON_URL =
            URL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private static final String JSON = "{\"property\": \"value\", \"boolean\": true}";
    private static final String JSON_SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4=";
    private final TwilioWebhookVerifier verifier = new TwilioWebhookVerifier();

    private Verdict verdict(Delivery delivery, Map<String, String> secrets) {
        Account account = TestHttp.account("twilio", URI.create("https://t"), "{}", secrets);
        return verifier.verify(delivery, account, Instant.EPOCH);
    }

    private Verdict verdict(Delivery delivery) {
        return verdict(delivery, Map.of("auth_token", TOKEN));
    }

    private Verdict verdict(String url, String type, String body, String signature) {
        return verdict(Forgeries.delivery(
                url, Map.of("Content-Type", type, "X-Twilio-Signature", signature), Hashing.utf8(body)));
    }

    static String sign(String token, String text) {
        return WebhookSigner.twilio(token, text);
    }

    @Test
    void acceptsTwiliosSignatureOfAForm() {
        assertThat(verdict(URL, FORM, PARAMETERS, SIGNATURE)).isEqualTo(Verdict.VALID);
        assertThat(verifier.provider()).isEqualTo("twilio");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, VALID",
        "https://mycompany.com:8443/myapp.php?foo=1&bar=2, VALID",
        "http://mycompany.com/myapp.php?foo=1&bar=2, INVALID",
        "http://mycompany.com:443/myapp.php?foo=1&bar=2, INVALID",
        "https://mycompany.com/myapp.php?foo=1&bar=3, INVALID",
        "https://mycompany.com/myapp.php, INVALID",
        "https://mycompany.org/myapp.php?foo=1&bar=2, INVALID"
    })
    void acceptsAnotherPortAndNoOtherDifferenceOfTheAddress(String url, Verdict verdict) {
        assertThat(verdict(url, FORM, PARAMETERS, SIGNATURE)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/a, https://h.example:443/a",
        "http://h.example/a, http://h.example:80/a",
        "https://[::1]/a, https://[::1]:443/a",
        "https://u:p@h.example, https://u:p@h.example:443",
        "https://h.example:8443?q, https://h.example?q",
        "not an address, not an address"
    })
    void acceptsAnAddressSignedWithOrWithoutItsPort(String ours, String signed) {
        assertThat(verdict(ours, FORM, "A=1", sign(TOKEN, signed + "A1"))).isEqualTo(Verdict.VALID);
    }

    @Test
    void signsEveryParameterSortedAndARepeatedOneOnceAValue() {
        String repeated = "MediaUrl=b&Body=hi&MediaUrl=a&MediaUrl=b";
        assertThat(verdict("https://x.test/a", FORM, repeated, "rBbGvFQdt64nc2trExUjlVe1H9Q="))
                .isEqualTo(verdict(
                        "https://x.test/a", FORM, repeated, sign(TOKEN, "https://x.test/aBodyhiMediaUrlaMediaUrlb")))
                .isEqualTo(Verdict.VALID);
        assertThat(verdict(URL, FORM, PARAMETERS + "&Unannounced=1", SIGNATURE)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void acceptsTwiliosSignatureOfJson() {
        assertThat(verdict(JSON_URL, "application/json", JSON, JSON_SIGNATURE)).isEqualTo(Verdict.VALID);
        String loud = JSON_URL.replace("0a1ff", "0A1FF");
        assertThat(verdict(loud, "application/json", JSON, sign(TOKEN, loud))).isEqualTo(Verdict.VALID);
    }

    @Test
    void refusesJsonWithoutTheHashOfItsBody() {
        assertThat(verdict(URL, "application/json", JSON, sign(TOKEN, URL))).isEqualTo(Verdict.INVALID);
        String short63 = JSON_URL.substring(0, JSON_URL.length() - 1);
        assertThat(verdict(short63, "application/json", JSON, sign(TOKEN, short63)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void aSignedAddressDoesNotPassForAFormWithoutParameters() {
        assertThat(verdict(JSON_URL, FORM, "", JSON_SIGNATURE)).isEqualTo(Verdict.INVALID);
        String hash = HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8("A=1")));
        String url = URL + "&bodySHA256=" + hash;
        assertThat(verdict(url, FORM, "A=1", sign(TOKEN, url + "A1"))).isEqualTo(Verdict.VALID);
    }

    @Test
    void refusesParametersMovedIntoTheAddress() {
        String moved = URL + "AccountSidAC1ApiVersion2010-04-01";
        String signature = sign(TOKEN, moved + "MessageSidSM1");
        assertThat(verdict(URL, FORM, "AccountSid=AC1&ApiVersion=2010-04-01&MessageSid=SM1", signature))
                .isEqualTo(Verdict.VALID);
        assertThat(verdict(moved, FORM, "MessageSid=SM1", signature)).isEqualTo(Verdict.INVALID);
        assertThat(verdict(moved, FORM, "AccountSid=AC1&MessageSid=SM1", signature))
                .isEqualTo(Verdict.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1&B", "A=%", "A=%zz", "%4=1"})
    void refusesAFormThatTwilioWouldNotEncode(String body) {
        assertThat(verdict(URL, FORM, body, sign(TOKEN, URL + "A1B"))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void acceptsEitherTokenDuringARotation() {
        Delivery delivery = Forgeries.delivery(
                URL, Map.of("Content-Type", FORM, "X-Twilio-Signature", SIGNATURE), Hashing.utf8(PARAMETERS));
        assertThat(verdict(delivery, Map.of("auth_token", "old", "auth_token.secondary", TOKEN)))
                .isEqualTo(Verdict.VALID);
        assertThat(verdict(delivery, Map.of("auth_token", "other"))).isEqualTo(Verdict.INVALID);
        assertThat(verdict(delivery, Map.of())).isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusesEverythingOneByteAwayFromAGenuineForm() {
        for (Samples.Sample sample : Samples.ours("twilio")) {
            if (sample.name().endsWith(".form")) {
                String url = "https://hooks.example/ingress/twilio/k?effect=run_1%2Fdo%2Fsms";
                TwilioForm form = TwilioForm.read(sample.body()).orElseThrow();
                Map<String, String> headers =
                        Map.of("Content-Type", FORM, "X-Twilio-Signature", sign(TOKEN, url + form.signedText()));
                Forgeries.of(url, headers, sample.body(), this::verdict)
                        // "%2b" for "%2B" or a second "&" between two parameters: the same parameters, which are what
                        // is
                        // signed and all that is read.
                        .rejectedInBodyUnless(it ->
                                TwilioForm.read(it.body()).filter(form::equals).isPresent())
                        .rejectedInHeader("X-Twilio-Signature")
                        .rejectedWithoutHeader("X-Twilio-Signature")
                        .rejectedInUrl();
            }
        }
    }

    @Test
    void refusesEverythingOneByteAwayFromGenuineJson() {
        Forgeries.of(
                        JSON_URL,
                        Map.of("Content-Type", "application/json", "X-Twilio-Signature", JSON_SIGNATURE),
                        Hashing.utf8(JSON),
                        this::verdict)
                .rejectedInBody()
                .rejectedInHeader("X-Twilio-Signature")
                .rejectedInUrl();
    }

    @Test
    void agreesWithThePublishedVectors() throws IOException {
        Path file = Path.of(System.getProperty("user.dir"))
                .resolve("../../../shared/vendors/vectors/signature-vectors.json");
        assumeTrue(Files.exists(file), "the vendors' vectors are not here");
        JsonNode vector = Json.read(Files.readAllBytes(file)).path("twilio");
        String body = vector.path("params").properties().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue().asString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        assertThat(verdict(
                        vector.path("url").asString(),
                        FORM,
                        body,
                        vector.path("sig").asString()))
                .isEqualTo(Verdict.VALID);
    }
}
