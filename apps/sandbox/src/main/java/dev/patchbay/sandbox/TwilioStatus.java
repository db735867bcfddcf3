package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/** Carries a message from queued to sent to delivered and tells its status callback about each step. */
final class TwilioStatus implements AutoCloseable {

    private static final Map<String, String> NEXT = Map.of("queued", "sent", "sent", "delivered");

    private final Books books;
    private final Clock clock;
    private final TwilioHooks hooks;
    private final Duration pace;
    private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

    TwilioStatus(Books books, TwilioHooks hooks, Clock clock, Duration pace) {
        this.books = books;
        this.hooks = hooks;
        this.clock = clock;
        this.pace = pace;
    }

    void follow(String sid) {
        later.execute(() -> {
            Optional<String> state = Optional.of("queued");
            while (state.isPresent() && Pause.millis(pace.toMillis())) {
                state = advance(sid);
            }
        });
    }

    /** One step on; nothing when the message has arrived, or was forgotten by a reset. */
    private Optional<String> advance(String sid) {
        Optional<ObjectNode> moved = books.alone(() -> books.find(Shelf.TWILIO_MESSAGES, sid)
                .filter(message -> NEXT.containsKey(Json.text(message, "status")))
                .map(this::step));
        moved.ifPresent(this::tell);
        return moved.map(message -> Json.text(message, "status"));
    }

    private ObjectNode step(ObjectNode message) {
        String now = Twilio.rfc2822(clock.instant());
        message.put("status", NEXT.get(Json.text(message, "status")))
                .put("date_sent", Json.find(message, "date_sent").orElse(now))
                .put("date_updated", now);
        books.put(Shelf.TWILIO_MESSAGES, Json.text(message, "sid"), message);
        return message;
    }

    private void tell(ObjectNode message) {
        String sid = Json.text(message, "sid");
        String state = Json.text(message, "status");
        String account = Json.text(message, "account_sid");
        books.find(Shelf.TWILIO_CALLBACKS, sid)
                .ifPresent(callback -> hooks.tell(
                        account,
                        Json.text(callback, "url"),
                        List.of(Map.of(
                                "SmsSid", sid,
                                "SmsStatus", state,
                                "MessageStatus", state,
                                "MessageSid", sid,
                                "AccountSid", account,
                                "ApiVersion", "2010-04-01",
                                "To", Json.text(message, "to"),
                                "From", Json.text(message, "from")))));
    }

    /** Takes up messages that a former process left on their way. */
    void resume() {
        List<ObjectNode> messages = books.all(Shelf.TWILIO_MESSAGES);
        messages.stream()
                .filter(message -> NEXT.containsKey(Json.text(message, "status")))
                .forEach(message -> follow(Json.text(message, "sid")));
    }

    @Override
    public void close() {
        later.shutdownNow();
        later.close();
    }
}
