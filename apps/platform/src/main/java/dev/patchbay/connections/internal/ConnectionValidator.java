package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Validates names, settings, secrets and base addresses that people enter. */
@Component
final class ConnectionValidator {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_SECRET_LENGTH = 8192;

    private final ProviderRegistry providers;
    private final ConnectionSettings settings;
    private final OutgoingHttp http;

    ConnectionValidator(ProviderRegistry providers, ConnectionSettings settings, OutgoingHttp http) {
        this.http = http;
        this.providers = providers;
        this.settings = settings;
    }

    /** Generates a key for a new webhook address, where the provider sends webhooks. */
    Optional<String> generateIngressKey(Provider provider) {
        return Optional.of(provider).filter(Provider::sendsWebhooks).map(sender -> Secret.next());
    }

    /**
     * Checks all values of a new account.
     *
     * @throws Problem {@code 422.connection_invalid} with every problem found
     */
    void requireValid(NewAccount account, URI baseUrl, JsonNode connectionSettings) {
        var problems = new ArrayList<>(providers.findSettingsProblems(account.provider(), connectionSettings));
        problems.addAll(secretProblems(account.provider(), connectionSettings, account.secrets()));
        problems.addAll(nameProblems(account.name()));
        problems.addAll(baseUrlProblems(providers.get(account.provider()), baseUrl));
        requireNone(problems);
    }

    void requireValidSettings(String provider, JsonNode connectionSettings) {
        requireNone(providers.findSettingsProblems(provider, connectionSettings));
    }

    void requireValidSecrets(String provider, JsonNode connectionSettings, Map<String, String> secrets) {
        requireNone(secretProblems(provider, connectionSettings, secrets));
    }

    String requireValidName(String name) {
        requireNone(nameProblems(name));
        return name;
    }

    /** Returns the provider's secrets; none for an app's connection, which only receives webhooks. */
    Set<String> requiredSecrets(String provider, JsonNode connectionSettings) {
        return isAppConnection(provider, connectionSettings)
                ? Set.of()
                : providers.get(provider).secrets();
    }

    /**
     * Says whether the connection is an app's. HighLevel sends an app the webhooks of all its locations; each location has its
     * own connection for calls.
     */
    static boolean isAppConnection(String provider, JsonNode connectionSettings) {
        return provider.equals("highlevel") && !connectionSettings.has("locationId");
    }

    private List<String> secretProblems(String provider, JsonNode connectionSettings, Map<String, String> secrets) {
        Set<String> allowed = new HashSet<>();
        requiredSecrets(provider, connectionSettings).forEach(name -> {
            allowed.add(name);
            allowed.add(name + SecretNames.NEXT);
        });
        var problems = new ArrayList<String>();
        secrets.forEach((name, secret) -> {
            if (!allowed.contains(name)) {
                problems.add("secrets/" + name + ": " + provider + " has no such secret; it takes "
                        + String.join(", ", allowed.stream().sorted().toList()));
            } else if (secret.isBlank() || secret.length() > MAX_SECRET_LENGTH) {
                problems.add("secrets/" + name + ": must hold 1 to " + MAX_SECRET_LENGTH + " characters");
            }
        });
        return problems;
    }

    private static List<String> nameProblems(String name) {
        return name.isBlank() || name.length() > MAX_NAME_LENGTH
                ? List.of("name: must hold 1 to " + MAX_NAME_LENGTH + " characters")
                : List.of();
    }

    /**
     * Says whether each agency runs the provider by itself. Such a provider has no address of its own, so its placeholder ends
     * in {@code .invalid} (RFC 2606).
     */
    private static boolean isSelfHosted(Provider provider) {
        return provider.baseUrl().getHost().endsWith(".invalid");
    }

    private List<String> baseUrlProblems(Provider provider, URI baseUrl) {
        if (baseUrl.equals(provider.baseUrl())) {
            return List.of();
        }
        Optional<String> problem = baseUrl.toString().endsWith("/")
                ? Optional.of("Leave out the last slash.")
                : http.baseUrlProblem(baseUrl);
        if (problem.isPresent()) {
            return List.of("baseUrl: " + problem.get());
        }
        return settings.allowsAnyBaseUrl() || isSelfHosted(provider)
                ? List.of()
                : List.of("baseUrl: here only " + provider.baseUrl()
                        + "; an operator may allow others (patchbay.connections.any-base-url)");
    }

    /**
     * Rejects the request if there are problems.
     *
     * @throws Problem {@code 422.connection_invalid} with these problems
     */
    static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new Problem(ProblemType.CONNECTION_INVALID, problems.getFirst() + ".", problems);
        }
    }
}
