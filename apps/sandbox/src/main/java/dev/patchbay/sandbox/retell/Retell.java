package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Retell's API: agents, phone numbers and the reading of calls. {@link RetellCalls} places calls. */
public final class Retell implements Vendor {

    /** Members that {@code /v3/list-calls} omits and {@code /v2/get-call} has. */
    private static final List<String> LONG_MEMBERS =
            List.of("transcript", "transcript_object", "transcript_with_tool_calls", "recording_url", "public_log_url");

    private final Store store;
    private final RetellAgents agents;

    public Retell(Store store, RetellAgents agents) {
        this.store = store;
        this.agents = agents;
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
        return List.of(
                Route.of("agents.create", "POST", "/create-agent", agents::create),
                Route.of("agents.get", "GET", "/get-agent/{id}", agents::get),
                Route.of("agents.update", "PATCH", "/update-agent/{id}", agents::update),
                Route.of(
                        "agents.list", "GET", "/list-agents", request -> Response.ok(Json.array(agents.list(request)))),
                Route.of(
                        "agents.list",
                        "POST",
                        "/v2/list-agents",
                        request -> page(agents.list(request), "agent_id", request)),
                Route.of("numbers.list", "GET", "/list-phone-numbers", agents::listNumbers),
                Route.of("calls.get", "GET", "/v2/get-call/{id}", this::getCall),
                Route.of("calls.list", "POST", "/v2/list-calls", this::listCallsV2),
                Route.of("calls.list", "POST", "/v3/list-calls", this::listCallsV3));
    }

    private Response getCall(Request request) {
        String apiKey = agents.authenticate(request);
        return Response.ok(store.find(Table.RETELL_CALLS, request.pathParameter("id"))
                .filter(call -> agents.isOwner(apiKey, call))
                .orElseThrow(RetellErrors::notFound));
    }

    private Response listCallsV2(Request request) {
        ObjectNode body = request.json();
        List<ObjectNode> calls = after(filterCalls(request), "call_id", Json.text(body, "pagination_key"));
        return Response.ok(Json.array(calls.stream().limit(limit(body)).toList()));
    }

    private Response listCallsV3(Request request) {
        List<ObjectNode> calls = filterCalls(request).stream()
                .map(call -> call.deepCopy().remove(LONG_MEMBERS))
                .toList();
        return page(calls, "call_id", request);
    }

    /** Newest first by default, as Retell lists calls. */
    private List<ObjectNode> filterCalls(Request request) {
        String apiKey = agents.authenticate(request);
        ObjectNode body = request.json();
        Comparator<ObjectNode> oldestFirst =
                Comparator.comparingLong(call -> call.path("start_timestamp").asLong());
        return store.list(Table.RETELL_CALLS).stream()
                .filter(call -> agents.isOwner(apiKey, call))
                .filter(call -> RetellCallFilters.match(body.path("filter_criteria"), call))
                .sorted(Json.text(body, "sort_order").equals("ascending") ? oldestFirst : oldestFirst.reversed())
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
        return body.path("limit").asInt(50);
    }

    /** The records after the one with that id; all of them when there is none. */
    private static List<ObjectNode> after(List<ObjectNode> records, String idMember, String id) {
        List<String> ids =
                records.stream().map(record -> Json.text(record, idMember)).toList();
        return records.subList(ids.indexOf(id) + 1, records.size());
    }
}
