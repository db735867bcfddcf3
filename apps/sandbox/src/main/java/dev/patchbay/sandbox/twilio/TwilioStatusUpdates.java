package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Pause;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/** Advances messages from queued to sent to delivered, and sends each new status to the message's callback. */
public final class TwilioStatusUpdates implements BackgroundWork {

    private static final Map<String, String> NEXT_STATUS = Map.of("queued", "sent", "sent", "delivered");

    private final Store store;
    private final Clock clock;
    private final TwilioWebhooks webhooks;
    private final Duration interval;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    /** @param interval the time from one status to the next */
    public TwilioStatusUpdates(Store store, TwilioWebhooks webhooks, Clock clock, Duration interval) {
        this.store = store;
        this.webhooks = webhooks;
        this.clock = clock;
        this.interval = interval;
    }

    /** Starts the updates of a message in the background. */
    void start(String sid) {
        background.execute(() -> {
            boolean advanced = true;
            while (advanced && Pause.sleep(interval.toMillis())) {
                advanced = advance(sid);
            }
        });
    }

    /** Advances the message by one status; returns false when it was delivered already, or removed by a reset. */
    private boolean advance(String sid) {
        Optional<ObjectNode> message = store.atomically(() -> store.find(Table.TWILIO_MESSAGES, sid)
                .filter(TwilioStatusUpdates::hasNextStatus)
                .map(this::writeNextStatus));
        message.ifPresent(this::sendCallback);
        return message.isPresent();
    }

    private static boolean hasNextStatus(ObjectNode message) {
        return NEXT_STATUS.containsKey(Json.text(message, "status"));
    }

    private ObjectNode writeNextStatus(ObjectNode message) {
        String now = TwilioDates.format(clock.instant());
        message.put("status", NEXT_STATUS.get(Json.text(message, "status")))
                .put("date_sent", Json.find(message, "date_sent").orElse(now))
                .put("date_updated", now);
        store.put(Table.TWILIO_MESSAGES, Json.text(message, "sid"), message);
        return message;
    }

    private void sendCallback(ObjectNode message) {
        String sid = Json.text(message, "sid");
        String status = Json.text(message, "status");
        String accountSid = Json.text(message, "account_sid");
        store.find(Table.TWILIO_CALLBACKS, sid)
                .ifPresent(callback -> webhooks.send(
                        accountSid,
                        Json.text(callback, "url"),
                        List.of(Map.of(
                                "SmsSid", sid,
                                "SmsStatus", status,
                                "MessageStatus", status,
                                "MessageSid", sid,
                                "AccountSid", accountSid,
                                "ApiVersion", "2010-04-01",
                                "To", Json.text(message, "to"),
                                "From", Json.text(message, "from")))));
    }

    @Override
    public void resume() {
        store.list(Table.TWILIO_MESSAGES).stream()
                .filter(TwilioStatusUpdates::hasNextStatus)
                .forEach(message -> start(Json.text(message, "sid")));
    }

    @Override
    public void close() {
        background.shutdownNow();
        background.close();
    }
}
