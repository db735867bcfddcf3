package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Retell's agents, and the accounts that own them. An account is known by its API key. */
public final class RetellAgents {

    private final Store store;
    private final Clock clock;

    public RetellAgents(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sets up an account with its phone numbers and agents. Members of an agent that were changed over the API stay unless
     * the account names them again.
     *
     * @param account {@code {apiKey, numbers: [E.164], agents: [{agent_id, webhook_url, …}]}}
     */
    void putAccount(ObjectNode account) {
        String apiKey = Json.text(account, "apiKey");
        ObjectNode record = Json.object().put("apiKey", apiKey);
        record.set("numbers", account.path("numbers"));
        store.put(Table.RETELL_ACCOUNTS, apiKey, record);
        for (JsonNode members : account.path("agents")) {
            String id = Json.text(members, "agent_id");
            ObjectNode agent = store.find(Table.RETELL_AGENTS, id).orElseGet(RetellAgents::createDefaultAgent);
            putAgent(id, apiKey, agent.setAll((ObjectNode) members));
        }
    }

    private static ObjectNode createDefaultAgent() {
        ObjectNode engine = Json.object().put("type", "retell-llm").put("llm_id", "llm_" + Ids.hex(28));
        return Json.object().put("voice_id", "11labs-Adrian").set("response_engine", engine);
    }

    private ObjectNode putAgent(String id, String apiKey, ObjectNode members) {
        ObjectNode agent = Json.object()
                .put("agent_id", id)
                .put("version", 0)
                .put("is_published", false)
                .put("channel", "voice");
        agent.setAll(members);
        agent.put("last_modification_timestamp", clock.millis());
        store.put(Table.RETELL_AGENTS, id, agent);
        store.put(Table.RETELL_OWNERS, id, Json.object().put("apiKey", apiKey));
        return agent;
    }

    Response create(Request request) {
        String apiKey = authenticate(request);
        ObjectNode body = request.json();
        if (!body.has("response_engine") || !body.has("voice_id")) {
            throw RetellErrors.error(400, "response_engine and voice_id are required");
        }
        return Response.json(201, putAgent("agent_" + Ids.hex(26), apiKey, body));
    }

    List<ObjectNode> list(Request request) {
        String apiKey = authenticate(request);
        return store.list(Table.RETELL_AGENTS).stream()
                .filter(agent -> isOwner(apiKey, agent))
                .toList();
    }

    /** Finds the agent of that id, or the first agent of all when the id is empty. */
    Optional<ObjectNode> find(String agentId) {
        return agentId.isEmpty()
                ? store.list(Table.RETELL_AGENTS).stream().findFirst()
                : store.find(Table.RETELL_AGENTS, agentId);
    }

    /** The API key of the agent's account, which signs the agent's webhooks; the empty string for an unknown agent. */
    String apiKey(String agentId) {
        return store.find(Table.RETELL_OWNERS, agentId)
                .map(owner -> Json.text(owner, "apiKey"))
                .orElse("");
    }

    /** Whether the record, an agent or a call, has an agent of that account. */
    boolean isOwner(String apiKey, ObjectNode record) {
        return apiKey(Json.text(record, "agent_id")).equals(apiKey);
    }

    /** Returns the API key of the request's account. */
    String authenticate(Request request) {
        return store.find(Table.RETELL_ACCOUNTS, request.bearerToken())
                .map(account -> Json.text(account, "apiKey"))
                .orElseThrow(() -> RetellErrors.error(401, "Invalid API key"));
    }

    List<String> apiKeys() {
        return store.list(Table.RETELL_ACCOUNTS).stream()
                .map(account -> Json.text(account, "apiKey"))
                .toList();
    }

    /** @throws ControlError 400 when there is no account */
    String firstApiKey() {
        return apiKeys().stream()
                .findFirst()
                .orElseThrow(() -> new ControlError(
                        400, "no_account", "There is no Retell account; set one up with PUT /_sandbox/accounts."));
    }

    /** The numbers of the account, in E.164. */
    List<String> numbers(String apiKey) {
        return store.find(Table.RETELL_ACCOUNTS, apiKey).stream()
                .flatMap(account -> account.path("numbers").valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    /** The ids of that many agents of the account; the ones it lacks are created. */
    List<String> ensure(String apiKey, int count) {
        List<String> ids = new ArrayList<>(store.list(Table.RETELL_AGENTS).stream()
                .filter(agent -> isOwner(apiKey, agent))
                .map(agent -> Json.text(agent, "agent_id"))
                .limit(Math.max(1, count))
                .toList());
        while (ids.size() < count) {
            String id = "agent_month_%03d_%s".formatted(ids.size(), Integer.toHexString(apiKey.hashCode()));
            putAgent(id, apiKey, createDefaultAgent().put("agent_name", "Agent " + ids.size()));
            ids.add(id);
        }
        return ids;
    }
}
