package dev.patchbay.sandbox.stripe;

import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.core.VendorError;
import dev.patchbay.sandbox.core.Webhook;
import dev.patchbay.sandbox.core.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's events: created by scripts, sent to the account's webhook endpoint, and readable over the API. */
public final class Stripe implements Vendor, BackgroundWork {

    /** Stripe retries for up to three days; the sandbox stops after four retries. */
    private static final int MAX_ATTEMPTS = 5;

    private static final String API_VERSION = "2026-07-29.dahlia";

    private final Store store;
    private final Clock clock;
    private final WebhookDelivery webhooks;

    public Stripe(Store store, Faults faults, Clock clock, Duration firstRetryDelay) {
        this.store = store;
        this.clock = clock;
        this.webhooks = new WebhookDelivery(
                store, Table.STRIPE_DELIVERIES, faults, MAX_ATTEMPTS, firstRetryDelay, this::signatureHeaders);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Table requestLog() {
        return Table.STRIPE_LOG;
    }

    @Override
    public boolean sendsWebhooks() {
        return true;
    }

    @Override
    public Response errorResponse(int status, String message) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("type", status == 500 ? "api_error" : "invalid_request_error")
                .put("message", message);
        return Response.json(status, body);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("balance.get", "GET", "/v1/balance", this::getBalance),
                Route.of("events.get", "GET", "/v1/events/{id}", this::getEvent),
                Route.of("events.list", "GET", "/v1/events", this::listEvents));
    }

    /** @param account {@code {apiKey, webhookUrl, webhookSecret}} */
    @Override
    public void putAccount(ObjectNode account) {
        store.put(Table.STRIPE_ACCOUNTS, Json.text(account, "apiKey"), account);
    }

    /**
     * Creates an event, sends it to the account's endpoint and waits for the first attempt. For an {@code id} that exists the
     * event stays as it is and is sent again.
     *
     * @param script {@code {type, data, id, apiKey}}. {@code data} is the event's object, or an object with the members
     *     {@code object} and {@code previous_attributes}. Without an {@code apiKey} the first account is used.
     * @return {@code {eventId, deliveries}}
     * @throws ControlError 400 without a type, or when there is no such account
     */
    public ObjectNode sendEvent(ObjectNode script) {
        String type = Json.find(script, "type")
                .orElseThrow(() -> new ControlError(400, "missing_type", "An event needs a 'type'."));
        ObjectNode account = store.list(Table.STRIPE_ACCOUNTS).stream()
                .filter(candidate -> Json.find(script, "apiKey")
                        .filter(apiKey -> !apiKey.equals(Json.text(candidate, "apiKey")))
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> new ControlError(
                        400, "unknown_account", "There is no such account; set one up with PUT /_sandbox/accounts."));
        String apiKey = Json.text(account, "apiKey");
        String id = Json.find(script, "id").orElseGet(() -> "evt_" + Ids.alphanumeric(24));
        store.putIfAbsent(Table.STRIPE_EVENTS, id, newEvent(id, type, script.path("data")));
        store.putIfAbsent(Table.STRIPE_OWNERS, id, Json.object().put("apiKey", apiKey));
        ObjectNode event = store.find(Table.STRIPE_EVENTS, id).orElseThrow();
        ObjectNode result = Json.object().put("eventId", id);
        result.set("deliveries", Json.array(deliver(type, event, account)));
        return result;
    }

    private List<ObjectNode> deliver(String type, ObjectNode event, ObjectNode account) {
        String url = Json.text(account, "webhookUrl");
        if (url.isEmpty()) {
            return List.of();
        }
        return webhooks.deliver(List.of(new Webhook(
                type, url, "application/json; charset=utf-8", event.toString(), Json.text(account, "apiKey"))));
    }

    private ObjectNode newEvent(String id, String type, JsonNode data) {
        ObjectNode event = Json.object()
                .put("id", id)
                .put("object", "event")
                .put("api_version", API_VERSION)
                .put("created", clock.instant().getEpochSecond())
                .put("livemode", false)
                .put("pending_webhooks", 1)
                .put("type", type);
        event.putObject("request").putNull("id").putNull("idempotency_key");
        // In an object of Stripe's, "object" is its type, a string. In event data it is an object.
        event.set("data", data.path("object").isObject() ? data : Json.object().set("object", data));
        return event;
    }

    private Map<String, String> signatureHeaders(ObjectNode delivery) {
        String secret = store.find(Table.STRIPE_ACCOUNTS, Json.text(delivery, "account"))
                .map(account -> Json.text(account, "webhookSecret"))
                .orElse("");
        long seconds = clock.instant().getEpochSecond();
        return Map.of("Stripe-Signature", StripeSignature.sign(secret, Json.text(delivery, "body"), seconds));
    }

    private Response getBalance(Request request) {
        authenticate(request);
        return Response.ok(Json.object().put("object", "balance").put("livemode", false));
    }

    private Response getEvent(Request request) {
        String apiKey = authenticate(request);
        String id = request.pathParameter("id");
        return Response.ok(store.find(Table.STRIPE_EVENTS, id)
                .filter(event -> isOwner(apiKey, event))
                .orElseThrow(() -> new VendorError(errorResponse(404, "No such event: '" + id + "'"))));
    }

    /** Lists events, newest first, after the one that {@code starting_after} names. */
    private Response listEvents(Request request) {
        String apiKey = authenticate(request);
        Optional<String> startingAfter = request.query("starting_after");
        List<ObjectNode> all = store.list(Table.STRIPE_EVENTS).reversed().stream()
                .filter(event -> isOwner(apiKey, event))
                .toList();
        List<String> ids = all.stream().map(event -> Json.text(event, "id")).toList();
        List<ObjectNode> rest = startingAfter
                .map(id -> all.subList(ids.indexOf(id) + 1, all.size()))
                .orElse(all);
        int limit = Math.clamp(request.queryInt("limit", 10), 1, 100);
        ObjectNode body = Json.object().put("object", "list").put("url", "/v1/events");
        body.put("has_more", rest.size() > limit);
        body.set("data", Json.array(rest.stream().limit(limit).toList()));
        return Response.ok(body);
    }

    private boolean isOwner(String apiKey, ObjectNode event) {
        return store.find(Table.STRIPE_OWNERS, Json.text(event, "id"))
                .filter(owner -> Json.text(owner, "apiKey").equals(apiKey))
                .isPresent();
    }

    /** Returns the account's API key, which Stripe accepts as a bearer token or as the user name of basic authentication. */
    private String authenticate(Request request) {
        return store.list(Table.STRIPE_ACCOUNTS).stream()
                .map(account -> Json.text(account, "apiKey"))
                .filter(apiKey -> request.bearerToken().equals(apiKey)
                        || request.header("Authorization").equals(basicAuthorization(apiKey)))
                .findFirst()
                .orElseThrow(() -> new VendorError(errorResponse(401, "Invalid API Key provided")));
    }

    private static String basicAuthorization(String apiKey) {
        return "Basic " + Base64.getEncoder().encodeToString((apiKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void resume() {
        webhooks.resume();
    }

    @Override
    public void close() {
        webhooks.close();
    }
}
