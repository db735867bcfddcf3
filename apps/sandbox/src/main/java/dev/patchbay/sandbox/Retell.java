package dev.patchbay.sandbox;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Retell's agents and the reading of its calls; {@link RetellPollSource} places them. */
final class Retell implements Vendor {

    static final String NAME = "retell";

    /** What {@code /v3/list-calls} leaves out: get-call has it. */
    private static final List<String> LONG_MEMBERS =
            List.of("transcript", "transcript_object", "transcript_with_tool_calls", "recording_url", "public_log_url");

    private final Books books;
    private final Clock clock;

    Retell(Books books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Shelf log() {
        return Shelf.RETELL_LOG;
    }

    @Override
    public Answer problem(int status, String message) {
        return Answer.json(status, Json.object().put("status", "error").put("message", message));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("agents.create", "POST", "/create-agent", this::createAgent),
                Route.of("agents.get", "GET", "/get-agent/{id}", request -> Answer.ok(agent(request))),
                Route.of("agents.update", "PATCH", "/update-agent/{id}", this::updateAgent),
                Route.of("agents.list", "GET", "/list-agents", request -> Answer.ok(Json.array(agents(request)))),
                Route.of(
                        "agents.list",
                        "POST",
                        "/v2/list-agents",
                        request -> page(agents(request), "agent_id", request)),
                Route.of("numbers.list", "GET", "/list-phone-numbers", request -> Answer.ok(numbers(request))),
                Route.of("calls.get", "GET", "/v2/get-call/{id}", this::getCall),
                Route.of("calls.list", "POST", "/v2/list-calls", this::listCallsV2),
                Route.of("calls.list", "POST", "/v3/list-calls", this::listCallsV3));
    }

    private Answer createAgent(Request request) {
        String apiKey = apiKey(request);
        ObjectNode body = request.json();
        if (!body.has("response_engine") || !body.has("voice_id")) {
            throw new Refusal(problem(400, "response_engine and voice_id are required"));
        }
        return Answer.json(201, putAgent("agent_" + Ids.hex(26), apiKey, body));
    }

    private ObjectNode putAgent(String id, String apiKey, ObjectNode wanted) {
        ObjectNode agent = Json.object()
                .put("agent_id", id)
                .put("version", 0)
                .put("is_published", false)
                .put("channel", "voice");
        agent.setAll(wanted);
        agent.put("last_modification_timestamp", clock.millis());
        books.put(Shelf.RETELL_AGENTS, id, agent);
        books.put(Shelf.RETELL_OWNERS, id, Json.object().put("apiKey", apiKey));
        return agent;
    }

    /** Sets up an account with agents; what an agent was changed to over the API stays unless it is named again. */
    void putAccount(ObjectNode account) {
        String apiKey = Json.text(account, "apiKey");
        ObjectNode known = Json.object().put("apiKey", apiKey);
        known.set("numbers", account.path("numbers"));
        books.put(Shelf.RETELL_ACCOUNTS, apiKey, known);
        for (var wanted : account.path("agents")) {
            String id = Json.text(wanted, "agent_id");
            ObjectNode agent = books.find(Shelf.RETELL_AGENTS, id)
                    .orElseGet(() -> Json.object()
                            .put("voice_id", "11labs-Adrian")
                            .set(
                                    "response_engine",
                                    Json.object().put("type", "retell-llm").put("llm_id", "llm_" + Ids.hex(28))));
            putAgent(id, apiKey, agent.setAll((ObjectNode) wanted));
        }
    }

    private Answer updateAgent(Request request) {
        ObjectNode agent = agent(request);
        return Answer.ok(putAgent(Json.text(agent, "agent_id"), apiKey(request), agent.setAll(request.json())));
    }

    private ObjectNode agent(Request request) {
        String apiKey = apiKey(request);
        return books.find(Shelf.RETELL_AGENTS, request.param("id"))
                .filter(agent -> owns(apiKey, agent))
                .orElseThrow(this::notFound);
    }

    private List<ObjectNode> agents(Request request) {
        String apiKey = apiKey(request);
        return books.all(Shelf.RETELL_AGENTS).stream()
                .filter(agent -> owns(apiKey, agent))
                .toList();
    }

    private ArrayNode numbers(Request request) {
        return Json.array(books.find(Shelf.RETELL_ACCOUNTS, apiKey(request))
                .orElseThrow()
                .path("numbers")
                .valueStream()
                .map(number ->
                        Json.object().put("phone_number", number.asString()).put("nickname", "Line"))
                .toList());
    }

    private Answer getCall(Request request) {
        String apiKey = apiKey(request);
        return Answer.ok(books.find(Shelf.RETELL_CALLS, request.param("id"))
                .filter(call -> owns(apiKey, call))
                .orElseThrow(this::notFound));
    }

    private Answer listCallsV2(Request request) {
        ObjectNode body = request.json();
        List<ObjectNode> calls = after(calls(request), "call_id", Json.text(body, "pagination_key"));
        return Answer.ok(Json.array(calls.stream().limit(limit(body)).toList()));
    }

    private Answer listCallsV3(Request request) {
        List<ObjectNode> calls = calls(request).stream()
                .map(call -> call.deepCopy().remove(LONG_MEMBERS))
                .toList();
        return page(calls, "call_id", request);
    }

    /** Newest first unless asked otherwise, as Retell lists them. */
    private List<ObjectNode> calls(Request request) {
        String apiKey = apiKey(request);
        ObjectNode body = request.json();
        Comparator<ObjectNode> oldestFirst =
                Comparator.comparingLong(call -> call.path("start_timestamp").asLong());
        return books.all(Shelf.RETELL_CALLS).stream()
                .filter(call -> owns(apiKey, call))
                .filter(call -> RetellFilters.match(body.path("filter_criteria"), call))
                .sorted(Json.text(body, "sort_order").equals("ascending") ? oldestFirst : oldestFirst.reversed())
                .toList();
    }

    private static Answer page(List<ObjectNode> records, String idMember, Request request) {
        ObjectNode body = request.json();
        List<ObjectNode> rest = after(records, idMember, Json.text(body, "pagination_key"));
        ArrayNode items = Json.array(rest.stream().limit(limit(body)).toList());
        ObjectNode page = Json.object().put("has_more", rest.size() > items.size());
        page.set("items", items);
        if (rest.size() > items.size()) {
            page.put("pagination_key", Json.text(items.path(items.size() - 1), idMember));
        }
        return Answer.ok(page);
    }

    private static int limit(ObjectNode body) {
        return body.path("limit").asInt(50);
    }

    private static List<ObjectNode> after(List<ObjectNode> records, String idMember, String key) {
        List<String> ids =
                records.stream().map(record -> Json.text(record, idMember)).toList();
        return records.subList(ids.indexOf(key) + 1, records.size());
    }

    /** Whose key signs an agent's webhooks. */
    String keyOf(String agentId) {
        return books.find(Shelf.RETELL_OWNERS, agentId)
                .map(owner -> Json.text(owner, "apiKey"))
                .orElse("");
    }

    /** The named agent, or the first one when the name is empty. */
    Optional<ObjectNode> findAgent(String agentId) {
        return agentId.isEmpty()
                ? books.all(Shelf.RETELL_AGENTS).stream().findFirst()
                : books.find(Shelf.RETELL_AGENTS, agentId);
    }

    private boolean owns(String apiKey, ObjectNode record) {
        return keyOf(Json.text(record, "agent_id")).equals(apiKey);
    }

    private String apiKey(Request request) {
        return books.find(Shelf.RETELL_ACCOUNTS, request.bearer())
                .map(account -> Json.text(account, "apiKey"))
                .orElseThrow(() -> new Refusal(problem(401, "Invalid API key")));
    }

    private Refusal notFound() {
        return new Refusal(problem(422, "Cannot find requested asset under given api key."));
    }
}
