package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
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

/** Lets a webhook in when the signature over its raw bytes is the vendor's. */
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
                new AnySecret(Ids.next("decoy", clock.instant())));
    }

    boolean knows(String provider) {
        return verifiers.containsKey(provider);
    }

    /** Whose address it is. */
    Optional<WebhookEndpoint> find(String provider, String key) {
        return connections.findWebhookEndpoint(provider, key);
    }

    /**
     * Whose webhook it is.
     *
     * @throws Problem {@code 401.signature_invalid} or {@code 401.timestamp_skew}
     */
    WebhookEndpoint admit(String provider, String key, Delivery delivery) {
        return admit(provider, find(provider, key), delivery);
    }

    /** An unknown address is told nothing that a bad signature is not told, and takes the same path. */
    WebhookEndpoint admit(String provider, Optional<WebhookEndpoint> address, Delivery delivery) {
        Account account = address.map(known -> connections.load(known.tenant(), known.connectionId()))
                .orElse(decoy);
        WebhookVerifier.Verdict verdict = Optional.ofNullable(verifiers.get(provider))
                .map(verifier -> verifier.verify(delivery, account, clock.instant()))
                .orElse(WebhookVerifier.Verdict.FORGED);
        if (address.isEmpty() || verdict == WebhookVerifier.Verdict.FORGED) {
            throw forged();
        }
        if (verdict == WebhookVerifier.Verdict.STALE) {
            throw new Problem(
                    ProblemType.TIMESTAMP_SKEW,
                    "Sign the webhook again at the time it is sent, and check both clocks.");
        }
        return address.get();
    }

    /** What everybody is told who could not have signed: nothing of which keys and providers there are. */
    public static Problem forged() {
        return new Problem(
                ProblemType.SIGNATURE_INVALID,
                "Check the webhook's address and that it is signed with the key of this connection.");
    }

    /** Stands where an unknown address has no secrets, so that a signature is computed all the same. */
    private static final class AnySecret extends AbstractMap<String, String> {
        private final String secret;

        AnySecret(String secret) {
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
