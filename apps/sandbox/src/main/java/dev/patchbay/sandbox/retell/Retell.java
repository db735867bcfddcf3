package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.retell.RetellCallCatalog.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Retell's API: agents, phone numbers and the reading of calls. {@link RetellCalls} places calls. */
public final class Retell implements Vendor {

    /** Members that {@code /v3/list-calls} omits and {@code /v2/get-call} has. */
    private static final List<String> LONG_MEMBERS =
            List.of("transcript", "transcript_object", "transcript_with_tool_calls", "recording_url", "public_log_url");

    private static final int MAX_LIMIT = 1000;

    private final RetellAgents agents;
    private final RetellAgentVersions versions;
    private final RetellCallCatalog catalog;

    public Retell(RetellAgents agents, RetellAgentVersions versions, RetellCallCatalog catalog) {
        this.agents = agents;
        this.versions = versions;
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "retell";
    }

    @Override
    public Table requestLog() {
        return Table.RETELL_LOG;
    }

    @Override
    public boolean sendsWebhooks() {
        return true;
    }

    @Override
    public Response errorResponse(int status, String message) {
        return RetellErrors.response(status, message);
    }

    @Override
    public void putAccount(ObjectNode account) {
        agents.putAccount(account);
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(versions.routes());
        routes.addAll(List.of(
                Route.of("agents.create", "POST", "/create-agent", agents::create),
                Route.of(
                        "agents.list", "GET", "/list-agents", request -> Response.ok(Json.array(agents.list(request)))),
                Route.of(
                        "agents.list",
                        "POST",
                        "/v2/list-agents",
                        request -> page(agents.list(request), "agent_id", request)),
                Route.of("calls.get", "GET", "/v2/get-call/{id}", this::getCall),
                Route.of("calls.list", "POST", "/v2/list-calls", this::listCallsV2),
                Route.of("calls.list", "POST", "/v3/list-calls", this::listCallsV3)));
        return routes;
    }

    private Response getCall(Request request) {
        return Response.ok(catalog.find(agents.authenticate(request), request.pathParameter("id"))
                .orElseThrow(RetellErrors::notFound));
    }

    private Response listCallsV2(Request request) {
        List<ObjectNode> calls = listCalls(request);
        return Response.ok(Json.array(calls.subList(0, Math.min(calls.size(), limit(request.json())))));
    }

    private Response listCallsV3(Request request) {
        List<ObjectNode> calls = listCalls(request);
        int limit = limit(request.json());
        List<ObjectNode> items = calls.stream()
                .limit(limit)
                .map(call -> call.deepCopy().remove(LONG_MEMBERS))
                .toList();
        ObjectNode page = Json.object().put("has_more", calls.size() > limit);
        page.set("items", Json.array(items));
        if (calls.size() > limit) {
            page.put("pagination_key", RetellPaginationKey.write(calls.get(limit - 1)));
        }
        return Response.ok(page);
    }

    /** One more than the limit; newest first by default, as Retell lists calls. */
    private List<ObjectNode> listCalls(Request request) {
        String apiKey = agents.authenticate(request);
        ObjectNode body = request.json();
        Predicate<ObjectNode> filter = call -> RetellCallFilters.match(body.path("filter_criteria"), call);
        Optional<Position> after =
                Json.find(body, "pagination_key").map(key -> RetellPaginationKey.read(key, catalog, apiKey));
        int limit = limit(body) + 1;
        if (Json.text(body, "sort_order").equals("ascending")) {
            Position earliest = Position.before(RetellCallFilters.earliestStart(body.path("filter_criteria")));
            return catalog.listAfter(
                    apiKey, after.filter(key -> key.start() >= earliest.start()).orElse(earliest), filter, limit);
        }
        List<ObjectNode> newestFirst = catalog.listAfter(apiKey, Position.before(0), filter, Integer.MAX_VALUE)
                .reversed();
        return newestFirst.stream()
                .filter(call ->
                        after.map(key -> Position.of(call).isBefore(key)).orElse(true))
                .limit(limit)
                .toList();
    }

    private static Response page(List<ObjectNode> records, String idMember, Request request) {
        ObjectNode body = request.json();
        List<ObjectNode> rest = after(records, idMember, Json.text(body, "pagination_key"));
        ArrayNode items = Json.array(rest.stream().limit(limit(body)).toList());
        ObjectNode page = Json.object().put("has_more", rest.size() > items.size());
        page.set("items", items);
        if (rest.size() > items.size()) {
            page.put("pagination_key", Json.text(items.path(items.size() - 1), idMember));
        }
        return Response.ok(page);
    }

    private static int limit(ObjectNode body) {
        return Math.clamp(body.path("limit").asInt(50), 1, MAX_LIMIT);
    }

    /** The records after the one with that id; all of them when there is none. */
    private static List<ObjectNode> after(List<ObjectNode> records, String idMember, String id) {
        List<String> ids =
                records.stream().map(record -> Json.text(record, idMember)).toList();
        return records.subList(ids.indexOf(id) + 1, records.size());
    }

    /** Costs with the digits that binary floating point leaves, in a list of calls or in one. */
    @Override
    public Response withDoubles(Response response) {
        JsonNode body = Json.MAPPER.readTree(response.body());
        Iterable<JsonNode> calls = body.has("items") ? body.path("items") : body.isArray() ? body : List.of(body);
        for (JsonNode call : calls) {
            if (call.path("call_cost").isObject()) {
                ((ObjectNode) call).set("call_cost", RetellCost.asDoubles(call.path("call_cost")));
            }
        }
        return Response.json(response.status(), body);
    }
}
