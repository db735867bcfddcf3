package dev.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Carries a message from queued to sent to delivered and tells its status callback about each step. */
final class TwilioStatus implements AutoCloseable {

    /** Twilio tries a callback that failed once more. */
    private static final int MOST_ATTEMPTS = 2;

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final Map<String, String> NEXT = Map.of("queued", "sent", "sent", "delivered");

    private final Books books;
    private final Clock clock;
    private final Courier courier;
    private final Duration pace;
    private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

    TwilioStatus(Books books, Faults faults, Clock clock, Duration pace, Duration retryDelay) {
        this.books = books;
        this.clock = clock;
        this.pace = pace;
        this.courier = new Courier(books, Shelf.TWILIO_DELIVERIES, faults, MOST_ATTEMPTS, retryDelay, this::signature);
    }

    private Map<String, String> signature(ObjectNode delivery) {
        String token = books.find(Shelf.TWILIO_ACCOUNTS, Json.text(delivery, "account"))
                .map(account -> Json.text(account, "authToken"))
                .orElse("");
        Map<String, String> parameters = new TreeMap<>();
        Request.formFields(Json.text(delivery, "body"))
                .forEach((name, values) -> parameters.put(name, values.getFirst()));
        return Map.of("X-Twilio-Signature", Signatures.twilio(token, Json.text(delivery, "url"), parameters));
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
        books.find(Shelf.TWILIO_CALLBACKS, sid).ifPresent(callback -> {
            Map<String, String> form = new TreeMap<>(Map.of(
                    "SmsSid", sid,
                    "SmsStatus", state,
                    "MessageStatus", state,
                    "MessageSid", sid,
                    "AccountSid", account,
                    "ApiVersion", "2010-04-01",
                    "To", Json.text(message, "to"),
                    "From", Json.text(message, "from")));
            courier.attempt(courier.register(state, Json.text(callback, "url"), FORM, encode(form), account));
        });
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Takes up messages and callbacks that a former process left on their way. */
    void resume() {
        courier.resume();
        List<ObjectNode> messages = books.all(Shelf.TWILIO_MESSAGES);
        messages.stream()
                .filter(message -> NEXT.containsKey(Json.text(message, "status")))
                .forEach(message -> follow(Json.text(message, "sid")));
    }

    @Override
    public void close() {
        later.shutdownNow();
        later.close();
        courier.close();
    }
}
