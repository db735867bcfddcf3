package dev.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's events: made up on request, signed, told to the account's endpoint, and read again over its API. */
final class Stripe implements Vendor, AutoCloseable {

    static final String NAME = "stripe";

    /** Stripe goes on for three days; who waits for that in a sandbox has seen enough after this many. */
    private static final int MOST_ATTEMPTS = 5;

    private static final String API_VERSION = "2026-07-29.dahlia";

    private final Books books;
    private final Clock clock;
    private final Courier courier;

    Stripe(Books books, Faults faults, Clock clock, Duration retryDelay) {
        this.books = books;
        this.clock = clock;
        this.courier = new Courier(books, Shelf.STRIPE_DELIVERIES, faults, MOST_ATTEMPTS, retryDelay, this::signature);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Shelf log() {
        return Shelf.STRIPE_LOG;
    }

    @Override
    public Answer problem(int status, String message) {
        ObjectNode answer = Json.object();
        answer.putObject("error")
                .put("type", status == 500 ? "api_error" : "invalid_request_error")
                .put("message", message);
        return Answer.json(status, answer);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("balance.get", "GET", "/v1/balance", this::balance),
                Route.of("events.get", "GET", "/v1/events/{id}", this::get),
                Route.of("events.list", "GET", "/v1/events", this::list));
    }

    void putAccount(ObjectNode account) {
        books.put(Shelf.STRIPE_ACCOUNTS, Json.text(account, "apiKey"), account);
    }

    /**
     * Makes an event of the {@code type} and tells the endpoint. {@code data} is the object it is about, or holds it as
     * {@code object} beside {@code previous_attributes}. A known {@code id} is told again as it was.
     */
    ObjectNode tell(ObjectNode wanted) {
        String type = Json.find(wanted, "type")
                .orElseThrow(() -> Control.refusal(400, "missing_type", "An event needs a 'type'."));
        ObjectNode account = books.all(Shelf.STRIPE_ACCOUNTS).stream()
                .filter(known -> Json.find(wanted, "apiKey")
                        .filter(asked -> !asked.equals(Json.text(known, "apiKey")))
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> Control.refusal(
                        400, "unknown_account", "There is no such account; set one up with PUT /_sandbox/accounts."));
        String apiKey = Json.text(account, "apiKey");
        String id = Json.find(wanted, "id").orElseGet(() -> "evt_" + Ids.alphanumeric(24));
        books.putIfAbsent(Shelf.STRIPE_EVENTS, id, event(id, type, wanted.path("data")));
        books.putIfAbsent(Shelf.STRIPE_OWNERS, id, Json.object().put("apiKey", apiKey));
        ObjectNode event = books.find(Shelf.STRIPE_EVENTS, id).orElseThrow();
        String url = Json.text(account, "webhookUrl");
        ObjectNode answer = Json.object().put("eventId", id);
        answer.set(
                "deliveries",
                Json.array(
                        url.isEmpty()
                                ? List.of()
                                : courier.deliver(List.of(new Courier.Parcel(
                                        type, url, "application/json; charset=utf-8", event.toString(), apiKey)))));
        return answer;
    }

    private ObjectNode event(String id, String type, JsonNode data) {
        ObjectNode event = Json.object()
                .put("id", id)
                .put("object", "event")
                .put("api_version", API_VERSION)
                .put("created", clock.instant().getEpochSecond())
                .put("livemode", false)
                .put("pending_webhooks", 1)
                .put("type", type);
        event.putObject("request").putNull("id").putNull("idempotency_key");
        // Every object of Stripe's names its kind in "object": only data have one there.
        event.set("data", data.path("object").isObject() ? data : Json.object().set("object", data));
        return event;
    }

    private Map<String, String> signature(ObjectNode delivery) {
        String secret = books.find(Shelf.STRIPE_ACCOUNTS, Json.text(delivery, "account"))
                .map(account -> Json.text(account, "webhookSecret"))
                .orElse("");
        long seconds = clock.instant().getEpochSecond();
        return Map.of("Stripe-Signature", Signatures.stripe(secret, Json.text(delivery, "body"), seconds));
    }

    private Answer balance(Request request) {
        apiKey(request);
        return Answer.ok(Json.object().put("object", "balance").put("livemode", false));
    }

    private Answer get(Request request) {
        String apiKey = apiKey(request);
        return Answer.ok(books.find(Shelf.STRIPE_EVENTS, request.param("id"))
                .filter(event -> owns(apiKey, event))
                .orElseThrow(() -> new Refusal(problem(404, "No such event: '" + request.param("id") + "'"))));
    }

    /** The newest first, after the one that is named. */
    private Answer list(Request request) {
        String apiKey = apiKey(request);
        Optional<String> after = request.query("starting_after");
        List<ObjectNode> found = books.all(Shelf.STRIPE_EVENTS).reversed().stream()
                .filter(event -> owns(apiKey, event))
                .toList();
        List<String> ids = found.stream().map(event -> Json.text(event, "id")).toList();
        List<ObjectNode> rest = after.map(id -> found.subList(ids.indexOf(id) + 1, found.size()))
                .orElse(found);
        int limit = Math.clamp(request.number("limit", 10), 1, 100);
        ObjectNode answer = Json.object().put("object", "list").put("url", "/v1/events");
        answer.put("has_more", rest.size() > limit);
        answer.set("data", Json.array(rest.stream().limit(limit).toList()));
        return Answer.ok(answer);
    }

    private boolean owns(String apiKey, ObjectNode event) {
        return books.find(Shelf.STRIPE_OWNERS, Json.text(event, "id"))
                .filter(owner -> Json.text(owner, "apiKey").equals(apiKey))
                .isPresent();
    }

    /** As a bearer token, or as the name of basic authentication: Stripe takes both. */
    private String apiKey(Request request) {
        return books.all(Shelf.STRIPE_ACCOUNTS).stream()
                .map(account -> Json.text(account, "apiKey"))
                .filter(key -> request.bearer().equals(key)
                        || request.header("Authorization")
                                .equals("Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((key + ":").getBytes(StandardCharsets.UTF_8))))
                .findFirst()
                .orElseThrow(() -> new Refusal(problem(401, "Invalid API Key provided")));
    }

    void resume() {
        courier.resume();
    }

    @Override
    public void close() {
        courier.close();
    }
}
