package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import dev.patchbay.sandbox.core.Webhook;
import dev.patchbay.sandbox.core.WebhookDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends changes in an app's locations to the app's webhook URL, signed with the app's Ed25519 key. HighLevel retries only
 * after 429, so any other failure loses the event.
 */
public final class HighLevelWebhooks implements BackgroundWork {

    /** HighLevel retries a webhook up to six times. */
    private static final int MAX_ATTEMPTS = 7;

    private final Store store;
    private final Clock clock;
    private final WebhookDelivery delivery;

    public HighLevelWebhooks(Store store, Faults faults, Clock clock, Duration firstRetryDelay) {
        this.store = store;
        this.clock = clock;
        this.delivery = new WebhookDelivery(
                store,
                Table.HIGHLEVEL_DELIVERIES,
                faults,
                MAX_ATTEMPTS,
                firstRetryDelay,
                this::signatureHeaders,
                status -> status == 429);
    }

    private Map<String, String> signatureHeaders(ObjectNode record) {
        String key = store.find(Table.HIGHLEVEL_CLIENTS, Json.text(record, "account"))
                .map(app -> Json.text(app, "webhookPrivateKey"))
                .orElse("");
        return Map.of("X-GHL-Signature", HighLevelSignature.sign(key, Json.text(record, "body")));
    }

    /**
     * Sends a webhook in the background, so that the API answers its caller first.
     *
     * @param members the body's members, among them the {@code locationId}
     */
    void send(String event, ObjectNode members) {
        delivery.deliverLater(webhooks(event, members));
    }

    /** Sends a webhook and waits for its first attempt. Returns the delivery, if the location's app has a webhook URL. */
    List<ObjectNode> sendAndWait(String event, ObjectNode members) {
        return delivery.deliver(webhooks(event, members));
    }

    private List<Webhook> webhooks(String event, ObjectNode members) {
        // A contact has a type of its own ("lead"), which the event's name replaces.
        ObjectNode body = members.deepCopy().put("type", event);
        body.put("timestamp", Timestamps.now(clock)).put("webhookId", Ids.hex(32));
        return store
                .find(Table.HIGHLEVEL_LOCATIONS, Json.text(members, "locationId"))
                .flatMap(location -> store.find(Table.HIGHLEVEL_CLIENTS, Json.text(location, "clientId")))
                .filter(app -> !Json.text(app, "webhookUrl").isEmpty())
                .map(app -> new Webhook(
                        event,
                        Json.text(app, "webhookUrl"),
                        "application/json",
                        body.toString(),
                        Json.text(app, "clientId")))
                .stream()
                .toList();
    }

    @Override
    public void resume() {
        delivery.resume();
    }

    @Override
    public void close() {
        delivery.close();
    }
}
