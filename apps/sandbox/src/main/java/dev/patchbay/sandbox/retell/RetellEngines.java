package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** LLMs and conversation flows: the objects that hold an agent's prompt. They are versioned together with their agent. */
final class RetellEngines {

    /** A kind of engine: its words in addresses and members, and what Retell answers where nothing was set. */
    private enum Kind {
        LLM("llms", "retell-llm", "llm_id", "llm_"),
        FLOW("flows", "conversation-flow", "conversation_flow_id", "conversation_flow_");

        private final String operations;
        private final String path;
        private final String idMember;
        private final String idPrefix;

        Kind(String operations, String path, String idMember, String idPrefix) {
            this.operations = operations;
            this.path = path;
            this.idMember = idMember;
            this.idPrefix = idPrefix;
        }

        private ObjectNode defaults() {
            return this == LLM
                    ? Json.object()
                            .put("model", "gpt-4.1")
                            .put("model_temperature", 0)
                            .put("tool_call_strict_mode", false)
                    : Json.object().put("start_speaker", "agent").put("tool_call_strict_mode", false);
        }
    }

    private final Store store;
    private final RetellAgents agents;
    private final RetellVersions llms;
    private final RetellVersions flows;

    RetellEngines(Store store, Clock clock, RetellAgents agents) {
        this.store = store;
        this.agents = agents;
        this.llms = new RetellVersions(store, clock, Table.RETELL_ENGINES, Kind.LLM.idMember);
        this.flows = new RetellVersions(store, clock, Table.RETELL_ENGINES, Kind.FLOW.idMember);
    }

    List<Route> routes() {
        return Stream.of(Kind.values()).flatMap(this::routes).toList();
    }

    private Stream<Route> routes(Kind kind) {
        return Stream.of(
                Route.of(kind.operations + ".create", "POST", "/create-" + kind.path, it -> create(kind, it)),
                Route.of(kind.operations + ".get", "GET", "/get-" + kind.path + "/{id}", it -> get(kind, it)),
                Route.of(
                        kind.operations + ".update", "PATCH", "/update-" + kind.path + "/{id}", it -> update(kind, it)),
                Route.of(kind.operations + ".list", "GET", "/v2/list-" + kind.path + "s", it -> list(kind, it)));
    }

    private RetellVersions versions(Kind kind) {
        return kind == Kind.LLM ? llms : flows;
    }

    private Response create(Kind kind, Request request) {
        String apiKey = agents.authenticate(request);
        return store.atomically(() ->
                Response.json(201, shown(kind, put(kind, kind.idPrefix + Ids.hex(24), apiKey, request.json()))));
    }

    private ObjectNode put(Kind kind, String id, String apiKey, ObjectNode members) {
        store.put(Table.RETELL_OWNERS, id, Json.object().put("apiKey", apiKey));
        return versions(kind)
                .put(members.deepCopy().put(kind.idMember, id).put("version", 0).put("is_published", false));
    }

    private Response get(Kind kind, Request request) {
        return Response.ok(shown(kind, require(kind, request)));
    }

    /** A published version never changes: 422. */
    private Response update(Kind kind, Request request) {
        return store.atomically(() -> {
            ObjectNode engine = require(kind, request);
            if (engine.path("is_published").asBoolean()) {
                throw RetellErrors.error(422, "Cannot update published " + kind.path);
            }
            ObjectNode changed = engine.setAll(request.json());
            return Response.ok(shown(kind, versions(kind).put(changed)));
        });
    }

    private Response list(Kind kind, Request request) {
        String apiKey = agents.authenticate(request);
        return RetellPages.page(
                store.list(Table.RETELL_ENGINES).stream()
                        .filter(engine -> engine.has(kind.idMember))
                        .filter(engine ->
                                agents.apiKey(Json.text(engine, kind.idMember)).equals(apiKey))
                        .map(engine -> shown(kind, engine))
                        .toList(),
                kind.idMember,
                request);
    }

    private ObjectNode require(Kind kind, Request request) {
        String apiKey = agents.authenticate(request);
        return versions(kind)
                .find(request.pathParameter("id"), RetellPages.version(request))
                .filter(engine ->
                        agents.apiKey(Json.text(engine, kind.idMember)).equals(apiKey))
                .orElseThrow(RetellErrors::notFound);
    }

    private static ObjectNode shown(Kind kind, ObjectNode engine) {
        return kind.defaults().setAll(engine);
    }

    /** The engine that an agent's version speaks with; created empty when the account was set up without it. */
    ObjectNode of(ObjectNode agent) {
        Kind kind = kind(agent);
        String id = Json.text(agent.path("response_engine"), kind.idMember);
        int version = agent.path("response_engine")
                .path("version")
                .asInt(agent.path("version").asInt());
        return versions(kind)
                .find(id, Optional.of(version))
                .or(() -> versions(kind).find(id, Optional.empty()))
                .orElseGet(() -> put(kind, id, agents.apiKey(Json.text(agent, "agent_id")), Json.object()));
    }

    /** Copies the engine of the agent's version under a new number, and returns the agent's new {@code response_engine}. */
    ObjectNode copy(ObjectNode agent, int version) {
        versions(kind(agent)).copy(of(agent), version);
        return ((ObjectNode) agent.path("response_engine").deepCopy()).put("version", version);
    }

    void publish(ObjectNode agent) {
        versions(kind(agent)).put(of(agent).put("is_published", true));
    }

    private static Kind kind(ObjectNode agent) {
        return Json.text(agent.path("response_engine"), "type").equals(Kind.FLOW.path) ? Kind.FLOW : Kind.LLM;
    }
}
