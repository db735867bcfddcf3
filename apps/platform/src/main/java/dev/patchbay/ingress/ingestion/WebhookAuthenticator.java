package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Authenticates webhooks by the provider's signature over the raw bytes. */
@Component
public class WebhookAuthenticator {

    private final Connections connections;
    private final Map<String, WebhookVerifier> verifiers;
    private final Clock clock;
    private final Account decoy;

    WebhookAuthenticator(Connections connections, List<WebhookVerifier> verifiers, Clock clock) {
        this.connections = connections;
        this.verifiers = verifiers.stream().collect(Collectors.toMap(WebhookVerifier::provider, Function.identity()));
        this.clock = clock;
        this.decoy = new Account(
                new ConnectionId("decoy"),
                new TenantId("decoy"),
                "decoy",
                URI.create("http://127.0.0.1"),
                Json.object(),
                new DecoySecrets(Ids.next("decoy", clock.instant())));
    }

    boolean supports(String provider) {
        return verifiers.containsKey(provider);
    }

    /** The connection that the address belongs to. */
    Optional<WebhookEndpoint> findEndpoint(String provider, String key) {
        return connections.findWebhookEndpoint(provider, key);
    }

    /**
     * Finds the connection that a webhook belongs to, and verifies its signature.
     *
     * @throws Problem {@code 401.signature_invalid} or {@code 401.timestamp_skew}
     */
    public WebhookEndpoint authenticate(String provider, String key, Delivery delivery) {
        return authenticate(provider, findEndpoint(provider, key), delivery);
    }

    /** An unknown address is answered as a bad signature is, after the same computation, so that addresses cannot be probed. */
    WebhookEndpoint authenticate(String provider, Optional<WebhookEndpoint> endpoint, Delivery delivery) {
        Account account = endpoint.map(found -> connections.load(found.tenant(), found.connectionId()))
                .orElse(decoy);
        Verdict verdict = Optional.ofNullable(verifiers.get(provider))
                .map(verifier -> verifier.verify(delivery, account, clock.instant()))
                .orElse(Verdict.INVALID);
        if (endpoint.isEmpty() || verdict == Verdict.INVALID) {
            throw invalidSignature();
        }
        if (verdict == Verdict.EXPIRED) {
            throw new Problem(
                    ProblemType.TIMESTAMP_SKEW,
                    "Sign the webhook again at the time it is sent, and check both clocks.");
        }
        return endpoint.get();
    }

    /** The one answer to every webhook that is not authentic: it does not tell which providers and addresses exist. */
    public static Problem invalidSignature() {
        return new Problem(
                ProblemType.SIGNATURE_INVALID,
                "Check the webhook's address and that it is signed with the key of this connection.");
    }

    /** The secrets of the decoy account: any name has one, so that a signature is computed for an unknown address too. */
    private static final class DecoySecrets extends AbstractMap<String, String> {
        private final String secret;

        DecoySecrets(String secret) {
            this.secret = secret;
        }

        @Override
        public String get(Object name) {
            return secret;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Set.of();
        }
    }
}
