package dev.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Carries what Twilio tells: forms, signed with the account's token. */
final class TwilioHooks implements AutoCloseable {

    /** Twilio tries a webhook that failed once more. */
    private static final int MOST_ATTEMPTS = 2;

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private final Books books;
    private final Courier courier;

    TwilioHooks(Books books, Faults faults, Duration retryDelay) {
        this.books = books;
        this.courier = new Courier(books, Shelf.TWILIO_DELIVERIES, faults, MOST_ATTEMPTS, retryDelay, this::signature);
    }

    /** Tells all of this at one address; nothing where the account has none. Each is called by its status. */
    List<ObjectNode> tell(String account, String url, List<Map<String, String>> forms) {
        return url.isEmpty()
                ? List.of()
                : courier.deliver(forms.stream()
                        .map(form -> new Courier.Parcel(status(form), url, FORM, encode(form), account))
                        .toList());
    }

    private static String status(Map<String, String> form) {
        return form.getOrDefault("CallStatus", form.getOrDefault("SmsStatus", ""));
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

    private static String encode(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** Takes up what a former process left undelivered. */
    void resume() {
        courier.resume();
    }

    @Override
    public void close() {
        courier.close();
    }
}
