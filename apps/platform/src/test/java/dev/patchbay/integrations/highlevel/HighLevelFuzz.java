package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.ingestion.IngestionFixture;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.testing.HostileRequest;
import dev.patchbay.testing.Oracle;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Fuzzes HighLevel's webhooks: valid exactly with the one signature of key and body (Ed25519 is deterministic), then mapped to an
 * event or refused as declared.
 */
final class HighLevelFuzz {

    private static final String HEADER = "X-GHL-Signature";
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final KeyPair KEYS = keys();
    private static final Account ACCOUNT = TestHttp.account(
            "highlevel",
            URI.create("https://h"),
            "{\"webhookPublicKey\":[\"no key\",\""
                    + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()) + "\"]}",
            Map.of());
    private static final HighLevelWebhookVerifier VERIFIER = new HighLevelWebhookVerifier();
    private static final HighLevelNormaliser NORMALISER = new HighLevelNormaliser();

    private HighLevelFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HostileRequest request = HostileRequest.read(input);
        // Signing is the slowest part, so it runs only when there is a header to compare.
        if (!request.header(HEADER).isEmpty()) {
            String genuine = sign(request.body());
            HostileRequest hostile = request.signed(HEADER, it -> genuine);
            Oracle.verdict(
                    HighLevelFuzz::verify, hostile, hostile.header(HEADER).equals(genuine));
            HostileRequest ours = request.with(HEADER, genuine);
            Oracle.verdict(HighLevelFuzz::verify, ours, true);
            Oracle.verdict(HighLevelFuzz::verify, ours.tampered(), false);
        }
        IngestionFixture.normalise(NORMALISER, request.delivery());
    }

    private static Verdict verify(HostileRequest request) {
        return VERIFIER.verify(request.delivery(), ACCOUNT, NOW);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KEYS.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
