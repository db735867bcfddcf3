package dev.patchbay.integrations.retell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.ingestion.IngestionFixture;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.testing.HostileRequest;
import dev.patchbay.testing.Oracle;
import dev.patchbay.testing.WebhookSigner;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Fuzzes Retell's webhooks: valid exactly by a second computation, then mapped to an event or refused as declared. */
final class RetellFuzz {

    private static final String HEADER = "x-retell-signature";
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Account ACCOUNT = TestHttp.account(
            "retell", URI.create("https://r"), "{}", Map.of("api_key", "old-key", "api_key.next", "new-key"));
    private static final RetellWebhookVerifier VERIFIER = new RetellWebhookVerifier();
    private static final RetellNormaliser NORMALISER = new RetellNormaliser();
    private static final RetellLiveProtocol LIVE = new RetellLiveProtocol();

    private RetellFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HostileRequest request = HostileRequest.read(input);
        HostileRequest hostile = request.signed(HEADER, it -> sign(request.body(), time(it), "new-key"));
        Oracle.verdict(RetellFuzz::verify, hostile, isGenuine(hostile.header(HEADER), hostile.body()));
        HostileRequest ours = request.with(
                HEADER, "v=" + NOW.toEpochMilli() + ",d=" + sign(request.body(), "" + NOW.toEpochMilli(), "old-key"));
        Oracle.demand(verify(ours) == Verdict.VALID, "a genuine webhook was refused: " + ours);
        Oracle.verdict(RetellFuzz::verify, ours.tampered(), false);
        IngestionFixture.normalise(NORMALISER, request.delivery());
        live(request);
    }

    private static void live(HostileRequest request) {
        try {
            LIVE.inbound(request.delivery());
        } catch (Unreadable | JacksonException refused) {
            Oracle.demand(refused.getMessage() != null, "refused without a reason");
        }
        try {
            LIVE.function("book", request.delivery());
        } catch (Unreadable | JacksonException refused) {
            Oracle.demand(refused.getMessage() != null, "refused without a reason");
        }
    }

    private static Verdict verify(HostileRequest request) {
        return VERIFIER.verify(request.delivery(), ACCOUNT, NOW);
    }

    /** Whether the header has Retell's format and a signature of either key. */
    private static boolean isGenuine(String header, byte[] body) {
        String time = time(header);
        return !time.isEmpty()
                && time.length() <= 15
                && time.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (header.equals("v=" + time + ",d=" + sign(body, time, "old-key"))
                        || header.equals("v=" + time + ",d=" + sign(body, time, "new-key")));
    }

    private static String time(String header) {
        int comma = header.indexOf(',');
        return header.startsWith("v=") && comma > 0 ? header.substring(2, comma) : "";
    }

    private static String sign(byte[] body, String time, String key) {
        return HexFormat.of()
                .formatHex(WebhookSigner.hmac("HmacSHA256", key.getBytes(UTF_8), body, time.getBytes(UTF_8)));
    }
}
