package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the app's webhook address what changed in its locations, signed with the app's Ed25519 key. As the vendor does it
 * tries again only when it is answered 429, so any other failure loses the event.
 */
final class HighLevelWebhooks implements AutoCloseable {

    /** HighLevel's own first attempt and six more. */
    private static final int MOST_ATTEMPTS = 7;

    private final Books books;
    private final Clock clock;
    private final Courier courier;

    HighLevelWebhooks(Books books, Faults faults, Clock clock, Duration retryDelay) {
        this.books = books;
        this.clock = clock;
        this.courier = new Courier(
                books,
                Shelf.HIGHLEVEL_DELIVERIES,
                faults,
                MOST_ATTEMPTS,
                retryDelay,
                this::signature,
                status -> status == 429);
    }

    private Map<String, String> signature(ObjectNode delivery) {
        String key = books.find(Shelf.HIGHLEVEL_CLIENTS, Json.text(delivery, "account"))
                .map(app -> Json.text(app, "webhookPrivateKey"))
                .orElse("");
        return Map.of("X-GHL-Signature", Signatures.highLevel(key, Json.text(delivery, "body")));
    }

    /** Sends without anybody waiting: the API answers its caller first. */
    void tell(String event, ObjectNode facts) {
        courier.dispatch(parcels(event, facts));
    }

    /** Sends and awaits the first attempt. */
    List<ObjectNode> tellNow(String event, ObjectNode facts) {
        return courier.deliver(parcels(event, facts));
    }

    /** @param facts with the {@code locationId} they belong to */
    private List<Courier.Parcel> parcels(String event, ObjectNode facts) {
        // A contact has a type of its own ("lead"); the event's name takes its place.
        ObjectNode webhook = facts.deepCopy().put("type", event);
        webhook.put("timestamp", HighLevel.now(clock)).put("webhookId", Ids.hex(32));
        return books
                .find(Shelf.HIGHLEVEL_LOCATIONS, Json.text(facts, "locationId"))
                .flatMap(location -> books.find(Shelf.HIGHLEVEL_CLIENTS, Json.text(location, "clientId")))
                .filter(app -> !Json.text(app, "webhookUrl").isEmpty())
                .map(app -> new Courier.Parcel(
                        event,
                        Json.text(app, "webhookUrl"),
                        "application/json",
                        webhook.toString(),
                        Json.text(app, "clientId")))
                .stream()
                .toList();
    }

    void resume() {
        courier.resume();
    }

    @Override
    public void close() {
        courier.close();
    }
}
