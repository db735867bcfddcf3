package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.kernel.Hashing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Verifies the secret that a workflow sends in the header {@code X-Webhook-Secret} or, where the workflow action has no custom
 * headers, in the address as {@code ?secret=…}.
 */
@Component
class HighLevelWorkflowVerifier implements WebhookVerifier {

    private static final Pattern PARAMETER = Pattern.compile("[?&]secret=([^&#]+)");

    HighLevelWorkflowVerifier() {}

    @Override
    public String provider() {
        return HighLevelWorkflowAccounts.NAME;
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Optional<String> sent = delivery.header().apply("x-webhook-secret").or(() -> parameter(delivery.url()));
        byte[] offered = Hashing.sha256(Hashing.utf8(sent.orElse("")));
        boolean genuine = sent.isPresent()
                && Stream.concat(
                                Stream.ofNullable(account.secrets().get(HighLevelWorkflowAccounts.SECRET)),
                                account.acceptedSecrets(HighLevelWorkflowAccounts.SECRET).stream())
                        .anyMatch(secret -> MessageDigest.isEqual(offered, Hashing.sha256(Hashing.utf8(secret))));
        return genuine ? Verdict.VALID : Verdict.INVALID;
    }

    private static Optional<String> parameter(String url) {
        Matcher parameter = PARAMETER.matcher(url);
        try {
            return parameter.find()
                    ? Optional.of(URLDecoder.decode(parameter.group(1), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }
}
