package dev.patchbay.sandbox.core;

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
import java.util.function.IntPredicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers a vendor's webhooks, with retries and exponential backoff. A receiver has ten seconds to answer.
 * Each delivery is a record {@code {id, event, url, contentType, account, body, attempts, status, state}} whose state is
 * {@code pending}, {@code retrying}, {@code delivered} or {@code failed}; a restart resumes the first two.
 */
public final class WebhookDelivery implements BackgroundWork {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Stands for an attempt without a response. */
    private static final int NO_RESPONSE = 0;

    private final Store store;
    private final Table deliveries;
    private final Faults faults;
    private final int maxAttempts;
    private final Duration firstRetryDelay;
    private final Function<ObjectNode, Map<String, String>> signer;
    private final IntPredicate shouldRetry;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Retries every attempt that is not answered with 2xx.
     *
     * @param firstRetryDelay the delay before the second attempt; it doubles from attempt to attempt
     * @param signer the signature headers of a delivery record, computed anew for each attempt
     */
    public WebhookDelivery(
            Store store,
            Table deliveries,
            Faults faults,
            int maxAttempts,
            Duration firstRetryDelay,
            Function<ObjectNode, Map<String, String>> signer) {
        this(store, deliveries, faults, maxAttempts, firstRetryDelay, signer, status -> !isSuccess(status));
    }

    /** @param shouldRetry whether an attempt with this status is retried; 0 stands for no response */
    public WebhookDelivery(
            Store store,
            Table deliveries,
            Faults faults,
            int maxAttempts,
            Duration firstRetryDelay,
            Function<ObjectNode, Map<String, String>> signer,
            IntPredicate shouldRetry) {
        this.store = store;
        this.deliveries = deliveries;
        this.faults = faults;
        this.maxAttempts = maxAttempts;
        this.firstRetryDelay = firstRetryDelay;
        this.signer = signer;
        this.shouldRetry = shouldRetry;
    }

    /**
     * Sends the webhooks one after the other and waits for the response to the first attempt of each. Retries run in the
     * background.
     *
     * @return {@code {event, attempts, status, state}} of each
     */
    public List<ObjectNode> deliver(List<Webhook> webhooks) {
        return registerAll(webhooks).stream()
                .flatMap(id -> attempt(id).stream())
                .map(delivery -> delivery.retain("event", "status", "attempts", "state"))
                .toList();
    }

    /** Sends the webhooks in the background. */
    public void deliverLater(List<Webhook> webhooks) {
        registerAll(webhooks).forEach(id -> scheduleAttempt(id, Duration.ZERO));
    }

    /** Stores all deliveries before the first is sent, so that a crash in between loses none. */
    private List<String> registerAll(List<Webhook> webhooks) {
        List<Webhook> ordered = new ArrayList<>(webhooks);
        if (webhooks.size() > 1 && hasFault(FaultKind.REORDER)) {
            Collections.reverse(ordered);
        }
        int copies = hasFault(FaultKind.DUPLICATE) ? 2 : 1;
        return ordered.stream()
                .filter(webhook -> !hasFault(FaultKind.DROP))
                .flatMap(webhook -> Collections.nCopies(copies, webhook).stream())
                .map(this::register)
                .toList();
    }

    private boolean hasFault(FaultKind kind) {
        return faults.consume(deliveries.provider(), Faults.WEBHOOK, Set.of(kind))
                .isPresent();
    }

    private String register(Webhook webhook) {
        String id = Ids.hex(16);
        store.put(
                deliveries,
                id,
                Json.object()
                        .put("id", id)
                        .put("event", webhook.event())
                        .put("url", webhook.url())
                        .put("contentType", webhook.contentType())
                        .put("account", webhook.account())
                        .put("body", webhook.body())
                        .put("attempts", 0)
                        .putNull("status")
                        .put("state", "pending"));
        return id;
    }

    /** Sends a delivery once and schedules a retry if one is due. Empty when a reset removed the delivery meanwhile. */
    private Optional<ObjectNode> attempt(String id) {
        return store.find(deliveries, id).map(this::attempt);
    }

    private ObjectNode attempt(ObjectNode delivery) {
        String id = Json.text(delivery, "id");
        int attempts = delivery.path("attempts").asInt() + 1;
        delivery.put("attempts", attempts);
        int status = send(delivery);
        if (status == NO_RESPONSE) {
            delivery.putNull("status");
        } else {
            delivery.put("status", status);
        }
        boolean retry = shouldRetry.test(status) && attempts < maxAttempts;
        delivery.put("state", isSuccess(status) ? "delivered" : retry ? "retrying" : "failed");
        boolean exists = store.replace(deliveries, id, delivery);
        if (exists && retry) {
            scheduleAttempt(id, firstRetryDelay.multipliedBy(1L << (attempts - 1)));
        }
        return delivery;
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    @Override
    public void resume() {
        store.list(deliveries).stream()
                .filter(delivery -> Set.of("pending", "retrying").contains(Json.text(delivery, "state")))
                .forEach(delivery -> scheduleAttempt(Json.text(delivery, "id"), Duration.ZERO));
    }

    private void scheduleAttempt(String id, Duration delay) {
        background.execute(() -> {
            if (Pause.sleep(delay.toMillis())) {
                attempt(id);
            }
        });
    }

    /** Returns the status of the response, or {@link #NO_RESPONSE}. */
    private int send(ObjectNode delivery) {
        Optional<Fault> fault =
                faults.consume(deliveries.provider(), Faults.WEBHOOK, Set.of(FaultKind.SLOW, FaultKind.LOST_RESPONSE));
        fault.ifPresent(armed -> Pause.sleep(armed.delayMs()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Json.text(delivery, "url")))
                .timeout(TIMEOUT)
                .header("Content-Type", Json.text(delivery, "contentType"))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(delivery, "body")));
        signer.apply(delivery).forEach(request::header);
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return fault.filter(armed -> armed.kind() == FaultKind.LOST_RESPONSE)
                            .isPresent()
                    ? NO_RESPONSE
                    : status;
        } catch (IOException e) {
            return NO_RESPONSE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_RESPONSE;
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        http.shutdownNow();
        background.close();
    }
}
