package dev.patchbay.sandbox;

import dev.patchbay.sandbox.Faults.Fault;
import dev.patchbay.sandbox.Faults.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries webhooks to their receiver and tries again when it does not answer 2xx within ten seconds. What is on its way
 * stands in the books, so a restart carries on.
 */
final class Courier implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Books books;
    private final Shelf shelf;
    private final Faults faults;
    private final int mostAttempts;
    private final Duration firstDelay;
    private final Function<ObjectNode, Map<String, String>> signer;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

    Courier(
            Books books,
            Shelf shelf,
            Faults faults,
            int mostAttempts,
            Duration firstDelay,
            Function<ObjectNode, Map<String, String>> signer) {
        this.books = books;
        this.shelf = shelf;
        this.faults = faults;
        this.mostAttempts = mostAttempts;
        this.firstDelay = firstDelay;
        this.signer = signer;
    }

    /** A webhook to be delivered. {@code account} is whose: the signer asks. */
    record Parcel(String event, String url, String contentType, String body, String account) {}

    /** Awaits the first attempt of each, one after the other; what became of them so far. */
    List<ObjectNode> deliver(List<Parcel> parcels) {
        List<Parcel> ordered = new ArrayList<>(parcels);
        if (parcels.size() > 1
                && faults.take(shelf.provider(), Faults.WEBHOOK, Set.of(Kind.REORDER))
                        .isPresent()) {
            Collections.reverse(ordered);
        }
        int copies = faults.take(shelf.provider(), Faults.WEBHOOK, Set.of(Kind.DUPLICATE))
                        .isPresent()
                ? 2
                : 1;
        // All are written down before the first is sent: a crash in between forgets none.
        List<String> ids = ordered.stream()
                .flatMap(parcel -> Collections.nCopies(copies, parcel).stream())
                .map(this::register)
                .toList();
        return ids.stream()
                .flatMap(id -> attempt(id).stream())
                .map(delivery -> delivery.retain("event", "status", "attempts", "state"))
                .toList();
    }

    private String register(Parcel parcel) {
        String id = Ids.hex(16);
        books.put(
                shelf,
                id,
                Json.object()
                        .put("id", id)
                        .put("event", parcel.event())
                        .put("url", parcel.url())
                        .put("contentType", parcel.contentType())
                        .put("account", parcel.account())
                        .put("body", parcel.body())
                        .put("attempts", 0)
                        .putNull("status")
                        .put("state", "pending"));
        return id;
    }

    /** Sends once, waiting for the answer, and plans the next attempt when it is needed. */
    private Optional<ObjectNode> attempt(String id) {
        Optional<ObjectNode> found = books.find(shelf, id);
        if (found.isEmpty()) {
            // Forgotten by a reset while it was waiting.
            return found;
        }
        ObjectNode delivery = found.get();
        int attempts = delivery.path("attempts").asInt() + 1;
        delivery.put("attempts", attempts);
        int status = send(delivery);
        if (status == 0) {
            delivery.putNull("status");
        } else {
            delivery.put("status", status);
        }
        boolean taken = status / 100 == 2;
        boolean again = !taken && attempts < mostAttempts;
        delivery.put("state", taken ? "delivered" : again ? "retrying" : "failed");
        boolean known = books.replace(shelf, id, delivery);
        if (known && again) {
            plan(id, firstDelay.multipliedBy(1L << (attempts - 1)));
        }
        return Optional.of(delivery);
    }

    /** Takes up what a former process left undelivered. */
    void resume() {
        books.all(shelf).stream()
                .filter(delivery -> Set.of("pending", "retrying").contains(Json.text(delivery, "state")))
                .forEach(delivery -> plan(Json.text(delivery, "id"), Duration.ZERO));
    }

    private void plan(String id, Duration delay) {
        later.execute(() -> {
            if (Pause.millis(delay.toMillis())) {
                attempt(id);
            }
        });
    }

    private int send(ObjectNode delivery) {
        Optional<Fault> fault = faults.take(shelf.provider(), Faults.WEBHOOK, Set.of(Kind.SLOW, Kind.LOST_RESPONSE));
        fault.ifPresent(armed -> Pause.millis(armed.delayMs()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Json.text(delivery, "url")))
                .timeout(PATIENCE)
                .header("Content-Type", Json.text(delivery, "contentType"))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(delivery, "body")));
        signer.apply(delivery).forEach(request::header);
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return fault.filter(armed -> armed.kind() == Kind.LOST_RESPONSE).isPresent() ? 0 : status;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        http.shutdownNow();
        later.close();
    }
}
