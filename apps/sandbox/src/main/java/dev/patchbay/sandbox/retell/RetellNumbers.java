package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Phone numbers and the agents that answer them: of a version, or of the latest, which may be a draft. */
final class RetellNumbers {

    private final Store store;
    private final Clock clock;
    private final RetellAgents agents;
    private final RetellVersions versions;

    RetellNumbers(Store store, Clock clock, RetellAgents agents, RetellVersions versions) {
        this.store = store;
        this.clock = clock;
        this.agents = agents;
        this.versions = versions;
    }

    List<Route> routes() {
        return List.of(
                Route.of("numbers.get", "GET", "/get-phone-number/{number}", it -> Response.ok(require(it))),
                Route.of("numbers.update", "PATCH", "/update-phone-number/{number}", this::update),
                Route.of(
                        "numbers.list",
                        "GET",
                        "/v2/list-phone-numbers",
                        it -> RetellPages.page(list(agents.authenticate(it)), "phone_number", it)));
    }

    List<ObjectNode> list(String apiKey) {
        return agents.numbers(apiKey).stream().map(this::record).toList();
    }

    private ObjectNode record(String number) {
        return store.find(Table.RETELL_NUMBERS, number)
                .orElseGet(() -> Json.object()
                        .put("phone_number", number)
                        .put("phone_number_type", "retell-twilio")
                        .put("nickname", "Line")
                        .put("last_modification_timestamp", clock.millis()));
    }

    private ObjectNode require(Request request) {
        String number = request.pathParameter("number");
        if (!agents.numbers(agents.authenticate(request)).contains(number)) {
            throw RetellErrors.notFound();
        }
        return record(number);
    }

    private Response update(Request request) {
        String apiKey = agents.authenticate(request);
        return store.atomically(() -> {
            ObjectNode number = require(request);
            ObjectNode changes = request.json();
            if (changes.path("inbound_agents").isArray()) {
                requireAnswerable(apiKey, changes.path("inbound_agents"));
            }
            number.setAll(changes);
            number.put("last_modification_timestamp", clock.millis());
            store.put(Table.RETELL_NUMBERS, Json.text(number, "phone_number"), number);
            return Response.ok(number);
        });
    }

    private void requireAnswerable(String apiKey, JsonNode bindings) {
        double weights = bindings.valueStream()
                .mapToDouble(binding -> binding.path("weight").asDouble())
                .sum();
        if (!bindings.isEmpty() && Math.abs(weights - 1) > 1e-9) {
            throw RetellErrors.error(400, "The weights of inbound_agents must sum to 1.");
        }
        for (JsonNode binding : bindings) {
            String id = Json.text(binding, "agent_id");
            if (!agents.apiKey(id).equals(apiKey) || resolve(binding).isEmpty()) {
                throw RetellErrors.notFound();
            }
        }
    }

    /** The agent's version that answers now: {@code latest} is the highest number, drafts included. */
    private Optional<ObjectNode> resolve(JsonNode binding) {
        String id = Json.text(binding, "agent_id");
        JsonNode version = binding.path("agent_version");
        if (version.isNumber()) {
            return versions.find(id, Optional.of(version.asInt()));
        }
        return version.asString("latest").equals("latest_published")
                ? versions.list(id).stream()
                        .filter(each -> each.path("is_published").asBoolean())
                        .findFirst()
                : versions.find(id, Optional.empty());
    }

    /** The version that answers the number at this moment; empty when no agent is bound to it. */
    Optional<ObjectNode> findAnswering(String number) {
        return store.find(Table.RETELL_NUMBERS, number)
                .flatMap(record -> record.path("inbound_agents").valueStream().findFirst())
                .flatMap(this::resolve);
    }

    boolean isPinned(String agentId, int version) {
        return store.list(Table.RETELL_NUMBERS).stream()
                .flatMap(number -> number.path("inbound_agents").valueStream())
                .anyMatch(binding -> Json.text(binding, "agent_id").equals(agentId)
                        && binding.path("agent_version").isNumber()
                        && binding.path("agent_version").asInt() == version);
    }
}
