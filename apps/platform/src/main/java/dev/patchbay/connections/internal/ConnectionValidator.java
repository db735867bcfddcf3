package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.Ids;
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

/** What people may enter about a connection. */
@Component
final class ConnectionValidator {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SECRET = 8192;

    private final ProviderRegistry providerRegistry;
    private final ConnectionSettings settings;
    private final OutgoingHttp http;

    ConnectionValidator(ProviderRegistry providerRegistry, ConnectionSettings settings, OutgoingHttp http) {
        this.http = http;
        this.providerRegistry = providerRegistry;
        this.settings = settings;
    }

    /** The key of a new webhook address, where the provider sends webhooks. */
    Optional<String> ingressKey(Provider provider) {
        return Optional.of(provider).filter(Provider::sendsWebhooks).map(sender -> Secret.next());
    }

    /** @throws Problem {@code 422.connection_invalid} with all that is wrong */
    void check(NewAccount account, URI base, JsonNode wanted) {
        var problems = new ArrayList<>(providerRegistry.settingsProblems(account.provider(), wanted));
        problems.addAll(secretProblems(account.provider(), wanted, account.secrets()));
        problems.addAll(nameProblems(account.name()));
        problems.addAll(baseProblems(providerRegistry.get(account.provider()), base));
        if (account.id() != null) {
            problems.addAll(idProblems(account.id()));
        }
        refuse(problems);
    }

    void checkSettings(String provider, JsonNode wanted) {
        refuse(providerRegistry.settingsProblems(provider, wanted));
    }

    void checkSecrets(String provider, JsonNode wanted, Map<String, String> secrets) {
        refuse(secretProblems(provider, wanted, secrets));
    }

    String name(String name) {
        refuse(nameProblems(name));
        return name;
    }

    /** An app's own connection only takes webhooks in, whatever the accounts of its provider need. */
    Set<String> needed(String provider, JsonNode wanted) {
        return isApp(provider, wanted) ? Set.of() : providerRegistry.get(provider).secrets();
    }

    /** HighLevel tells an app once what happens at all its locations; each location has an account of its own. */
    static boolean isApp(String provider, JsonNode wanted) {
        return provider.equals("highlevel") && !wanted.has("locationId");
    }

    private List<String> secretProblems(String provider, JsonNode wanted, Map<String, String> secrets) {
        Set<String> known = new HashSet<>(needed(provider, wanted));
        // While a secret is being replaced, the one that comes next stands beside it.
        needed(provider, wanted).forEach(name -> known.add(name + ConnectionRepository.NEXT));
        var problems = new ArrayList<String>();
        secrets.forEach((name, secret) -> {
            if (!known.contains(name)) {
                problems.add("secrets/" + name + ": " + provider + " has no such secret; it takes "
                        + String.join(", ", known.stream().sorted().toList()));
            } else if (secret.isBlank() || secret.length() > LONGEST_SECRET) {
                problems.add("secrets/" + name + ": must hold 1 to " + LONGEST_SECRET + " characters");
            }
        });
        return problems;
    }

    private static List<String> nameProblems(String name) {
        return name.isBlank() || name.length() > LONGEST_NAME
                ? List.of("name: must hold 1 to " + LONGEST_NAME + " characters")
                : List.of();
    }

    private static List<String> idProblems(String id) {
        try {
            Ids.requireWellFormed(id);
            return List.of();
        } catch (IllegalArgumentException malformed) {
            return List.of("id: " + malformed.getMessage());
        }
    }

    private List<String> baseProblems(Provider provider, URI base) {
        if (base.equals(provider.baseUrl())) {
            return List.of();
        }
        Optional<String> problem =
                base.toString().endsWith("/") ? Optional.of("Leave out the last slash.") : http.baseUrlProblem(base);
        if (problem.isPresent()) {
            return List.of("baseUrl: " + problem.get());
        }
        return settings.mayNameBaseUrl()
                ? List.of()
                : List.of("baseUrl: here only " + provider.baseUrl()
                        + "; an operator may allow others (patchbay.connections.any-base-url)");
    }

    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new Problem(ProblemType.CONNECTION_INVALID, problems.getFirst() + ".", problems);
        }
    }
}
