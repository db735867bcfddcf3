package dev.patchbay.sandbox.openrouter;

import dev.patchbay.sandbox.core.ApiKeyVendor;
import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** OpenRouter's API: the check of a key, the cost of one generation, and the activity of completed days. */
public final class OpenRouter implements Vendor {

    private static final int ACTIVITY_DAYS = 30;

    private final ApiKeyVendor keys;
    private final Store store;
    private final Clock clock;

    public OpenRouter(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.keys = new ApiKeyVendor(
                "openrouter",
                store,
                Table.OPENROUTER_ACCOUNTS,
                Table.OPENROUTER_LOG,
                "key.get",
                "/api/v1/key",
                Request::bearerToken,
                () -> Json.object().put("label", "sandbox"));
    }

    @Override
    public String name() {
        return keys.name();
    }

    @Override
    public Table requestLog() {
        return keys.requestLog();
    }

    @Override
    public void putAccount(ObjectNode account) {
        keys.putAccount(account);
    }

    @Override
    public Response errorResponse(int status, String message) {
        return Response.json(
                status,
                Json.object().set("error", Json.object().put("code", status).put("message", message)));
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(
                        keys.routes().stream(),
                        Stream.of(
                                Route.of("generation.get", "GET", "/api/v1/generation", this::getGeneration),
                                Route.of("activity.list", "GET", "/api/v1/activity", this::listActivity)))
                .toList();
    }

    private boolean isUnauthorized(Request request) {
        return !store.contains(Table.OPENROUTER_ACCOUNTS, request.bearerToken());
    }

    private Response getGeneration(Request request) {
        if (isUnauthorized(request)) {
            return errorResponse(401, "No auth credentials found");
        }
        return store.find(Table.OPENROUTER_GENERATIONS, request.query("id").orElse(""))
                .filter(generation -> Json.text(generation, "apiKey").equals(request.bearerToken()))
                .map(generation -> {
                    ObjectNode data = generation.deepCopy().remove(List.of("apiKey"));
                    return Response.ok(Json.object()
                            .set(
                                    "data",
                                    data.put("usage", data.path("total_cost").decimalValue())));
                })
                .orElseGet(() -> errorResponse(404, "Generation not found"));
    }

    /** Completed UTC days of the last thirty; with {@code date}, that day's. */
    private Response listActivity(Request request) {
        if (isUnauthorized(request)) {
            return errorResponse(401, "No auth credentials found");
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String date = request.query("date").orElse("");
        Map<String, List<ObjectNode>> groups = store.list(Table.OPENROUTER_GENERATIONS).stream()
                .filter(generation -> Json.text(generation, "apiKey").equals(request.bearerToken()))
                .filter(generation ->
                        day(generation).isBefore(today) && !day(generation).isBefore(today.minusDays(ACTIVITY_DAYS)))
                .filter(generation ->
                        date.isEmpty() || day(generation).toString().equals(date))
                .collect(Collectors.groupingBy(
                        generation -> day(generation) + " " + Json.text(generation, "model"),
                        TreeMap::new,
                        Collectors.toList()));
        ObjectNode body = Json.object();
        body.set(
                "data",
                Json.array(groups.values().stream().map(OpenRouter::activity).toList()));
        return Response.ok(body);
    }

    private static LocalDate day(ObjectNode generation) {
        return LocalDate.ofInstant(Instant.parse(Json.text(generation, "created_at")), ZoneOffset.UTC);
    }

    private static ObjectNode activity(List<ObjectNode> generations) {
        ObjectNode first = generations.getFirst();
        BigDecimal usage = generations.stream()
                .map(generation -> generation.path("total_cost").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Json.object()
                .put("date", day(first).toString())
                .put("model", Json.text(first, "model"))
                .put("endpoint_id", "endpoint_" + Json.text(first, "model").replace('/', '_'))
                .put("usage", usage)
                .put("requests", generations.size())
                .put("prompt_tokens", sum(generations, "tokens_prompt"))
                .put("completion_tokens", sum(generations, "tokens_completion"));
    }

    private static long sum(List<ObjectNode> generations, String member) {
        return generations.stream()
                .mapToLong(generation -> generation.path(member).asLong())
                .sum();
    }

    /**
     * {@code POST /_sandbox/openrouter/generations {model, promptTokens, completionTokens, cost, at, apiKey}}: a generation as a
     * chat completion would leave it; without a key, of the first account.
     */
    public ObjectNode addGeneration(ObjectNode request) {
        return store.atomically(() -> {
            String id = "gen-" + Ids.alphanumeric(28);
            ObjectNode generation = Json.object()
                    .put("id", id)
                    .put("apiKey", Json.find(request, "apiKey").orElseGet(this::firstApiKey))
                    .put("model", Json.find(request, "model").orElse("openai/gpt-5-mini"))
                    .put(
                            "created_at",
                            Json.find(request, "at").orElse(clock.instant().toString()))
                    .put("tokens_prompt", request.path("promptTokens").asInt(100))
                    .put("tokens_completion", request.path("completionTokens").asInt(20))
                    .put("total_cost", new BigDecimal(Json.find(request, "cost").orElse("0.00012")));
            store.put(Table.OPENROUTER_GENERATIONS, id, generation);
            return generation;
        });
    }

    private String firstApiKey() {
        return store.list(Table.OPENROUTER_ACCOUNTS).stream()
                .map(account -> Json.text(account, "apiKey"))
                .findFirst()
                .orElseThrow(() -> new ControlError(400, "no_account", "There is no OpenRouter account."));
    }
}
