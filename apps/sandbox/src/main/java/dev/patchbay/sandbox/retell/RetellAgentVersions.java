package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Versions of agents: drafts, publishing, numbers that are pinned to one. */
public final class RetellAgentVersions {

    private static final List<String> VERSION_MEMBERS = List.of(
            "version",
            "base_version",
            "is_published",
            "last_modification_timestamp",
            "version_title",
            "version_description");

    private final Store store;
    private final RetellAgents agents;
    private final RetellVersions versions;
    private final RetellEngines engines;
    private final RetellNumbers numbers;

    public RetellAgentVersions(Store store, Clock clock, RetellAgents agents) {
        this.store = store;
        this.agents = agents;
        this.versions = new RetellVersions(store, clock, Table.RETELL_AGENTS, "agent_id");
        this.engines = new RetellEngines(store, clock, agents);
        this.numbers = new RetellNumbers(store, clock, agents, versions);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.of("agents.get", "GET", "/get-agent/{id}", it -> Response.ok(shown(require(it)))),
                Route.of("agents.update", "PATCH", "/update-agent/{id}", this::update),
                Route.of("agents.createVersion", "POST", "/create-agent-version/{id}", this::createVersion),
                Route.of("agents.publish", "POST", "/publish-agent-version/{id}", this::publish),
                Route.of("agents.deleteVersion", "DELETE", "/delete-agent-version/{id}", this::deleteVersion),
                Route.of("agents.versions", "GET", "/list-agent-versions/{id}", this::listVersions),
                Route.of("agents.versions", "GET", "/get-agent-versions/{id}", this::getVersions)));
        routes.add(Route.of(
                "numbers.list",
                "GET",
                "/list-phone-numbers",
                it -> Response.ok(Json.array(numbers.list(agents.authenticate(it))))));
        routes.addAll(engines.routes());
        routes.addAll(numbers.routes());
        return routes;
    }

    /** The agent's version that answers the number now; empty when none is bound to it. */
    Optional<ObjectNode> findAnswering(String number) {
        return numbers.findAnswering(number);
    }

    /** SHA-256 of the prompt that the agent's version speaks, in hex. */
    String promptDigest(ObjectNode agent) {
        ObjectNode engine = engines.of(agent);
        String prompt = Json.find(engine, "general_prompt").orElse(Json.text(engine, "global_prompt"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private ObjectNode require(Request request) {
        return require(request, RetellPages.version(request));
    }

    private ObjectNode require(Request request, Optional<Integer> version) {
        String apiKey = agents.authenticate(request);
        return versions.find(request.pathParameter("id"), version)
                .filter(agent -> agents.isOwner(apiKey, agent))
                .orElseThrow(RetellErrors::notFound);
    }

    /** Retell answers its defaults for what was not set. */
    static ObjectNode shown(ObjectNode agent) {
        ObjectNode defaults = Json.object()
                .put("interruption_sensitivity", 1)
                .put("responsiveness", 1)
                .put("language", "en-US");
        return defaults.setAll(agent);
    }

    /** A published version never changes: 412. */
    private Response update(Request request) {
        return store.atomically(() -> {
            ObjectNode agent = require(request);
            if (agent.path("is_published").asBoolean()) {
                throw RetellErrors.error(412, "Cannot update published agent version");
            }
            ObjectNode changed = agent.setAll(request.json());
            return Response.ok(shown(versions.put(changed)));
        });
    }

    private Response createVersion(Request request) {
        return store.atomically(() -> {
            if (!request.json().path("base_version").isNumber()) {
                throw RetellErrors.error(400, "base_version is required");
            }
            ObjectNode base = require(
                    request, Optional.of(request.json().path("base_version").asInt()));
            int number = versions.list(Json.text(base, "agent_id"))
                            .getFirst()
                            .path("version")
                            .asInt()
                    + 1;
            ObjectNode draft = versions.copy(base, number);
            draft.set("response_engine", engines.copy(base, number));
            return Response.json(201, shown(versions.put(draft)));
        });
    }

    private Response publish(Request request) {
        return store.atomically(() -> {
            ObjectNode body = request.json();
            ObjectNode agent = require(request, Optional.of(body.path("version").asInt(-1)));
            if (agent.path("is_published").asBoolean()) {
                throw RetellErrors.error(400, "Agent version is already published");
            }
            engines.publish(agent);
            agent.put("is_published", true);
            for (String member : List.of("version_title", "version_description")) {
                Json.find(body, member).ifPresent(text -> agent.put(member, text));
            }
            versions.put(agent);
            return Response.empty(200);
        });
    }

    private Response deleteVersion(Request request) {
        return store.atomically(() -> {
            ObjectNode agent = require(request, Optional.of(request.queryInt("version", -1)));
            String id = Json.text(agent, "agent_id");
            int version = agent.path("version").asInt();
            if (numbers.isPinned(id, version)) {
                throw RetellErrors.error(400, "A phone number uses this version.");
            }
            if (versions.list(id).size() == 1) {
                throw RetellErrors.error(400, "The only version of an agent cannot be deleted.");
            }
            versions.remove(id, version);
            return Response.empty(204);
        });
    }

    private Response listVersions(Request request) {
        String id = Json.text(require(request, Optional.empty()), "agent_id");
        return RetellPages.page(
                versions.list(id).stream()
                        .map(agent -> agent.deepCopy().retain(VERSION_MEMBERS))
                        .toList(),
                "version",
                request);
    }

    private Response getVersions(Request request) {
        String id = Json.text(require(request, Optional.empty()), "agent_id");
        return Response.ok(Json.array(
                versions.list(id).stream().map(RetellAgentVersions::shown).toList()));
    }
}
