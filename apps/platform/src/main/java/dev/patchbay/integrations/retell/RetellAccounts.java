package dev.patchbay.integrations.retell;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.ProviderProblem;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Checks Retell accounts by their API key, which also signs webhooks, and lists agents and numbers (Retell API, "List Agents",
 * "List Phone Numbers").
 */
@Component
class RetellAccounts implements Probe, ResourceLister {

    private static final Provider RETELL = new Provider(
            "retell",
            "Retell",
            URI.create("https://api.retellai.com"),
            Set.of("api_key"),
            Set.of(),
            true,
            Json.object());

    private final OutgoingHttp http;

    RetellAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return RETELL;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        return HealthCheckResult.of(list(account, "retell/agents.list", "/list-agents"), RETELL.title(), "the API key");
    }

    @Override
    public Set<String> kinds() {
        return Set.of("agent", "number");
    }

    @Override
    public List<Resource> list(Account account, String kind) {
        HttpOutcome outcome = kind.equals("agent")
                ? list(account, "retell/agents.list", "/list-agents")
                : list(account, "retell/numbers.list", "/list-phone-numbers");
        if (!(outcome instanceof Responded responded && responded.isSuccess())) {
            throw new ProviderProblem("retell", "Retell does not list its " + kind + "s just now; try again.");
        }
        return resources(responded.body(), kind);
    }

    /** Retell lists an agent once for each of its versions. */
    private static List<Resource> resources(JsonNode list, String kind) {
        Stream<JsonNode> items = list.valueStream();
        return (kind.equals("agent")
                        ? items.map(it -> new Resource(text(it, "agent_id"), text(it, "agent_name")))
                        : items.map(it -> new Resource(text(it, "phone_number"), text(it, "nickname"))))
                .distinct()
                .toList();
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }

    private HttpOutcome list(Account account, String operation, String path) {
        return http.send(HttpCall.get(operation, URI.create(account.baseUrl() + path))
                .withHeader("Authorization", "Bearer " + account.secret("api_key")));
    }
}
