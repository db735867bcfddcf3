package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Webhook;
import dev.patchbay.sandbox.core.WebhookDelivery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Sends Twilio's webhooks: forms, signed with the account's auth token. */
public final class TwilioWebhooks implements BackgroundWork {

    /** Twilio retries a webhook once. */
    private static final int MAX_ATTEMPTS = 2;

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private final Store store;
    private final WebhookDelivery delivery;

    public TwilioWebhooks(Store store, Faults faults, Duration firstRetryDelay) {
        this.store = store;
        this.delivery = new WebhookDelivery(
                store, Table.TWILIO_DELIVERIES, faults, MAX_ATTEMPTS, firstRetryDelay, this::signatureHeaders);
    }

    /**
     * Sends the forms to the URL and waits for the first attempt of each. Sends nothing when the URL is empty. The status
     * in a form is the delivery's event.
     */
    List<ObjectNode> send(String accountSid, String url, List<Map<String, String>> forms) {
        return url.isEmpty()
                ? List.of()
                : delivery.deliver(forms.stream()
                        .map(form -> new Webhook(status(form), url, FORM, encode(form), accountSid))
                        .toList());
    }

    private static String status(Map<String, String> form) {
        return form.getOrDefault("CallStatus", form.getOrDefault("SmsStatus", ""));
    }

    private Map<String, String> signatureHeaders(ObjectNode record) {
        String authToken = store.find(Table.TWILIO_ACCOUNTS, Json.text(record, "account"))
                .map(account -> Json.text(account, "authToken"))
                .orElse("");
        Map<String, String> parameters = new TreeMap<>();
        Request.parseForm(Json.text(record, "body")).forEach((name, values) -> parameters.put(name, values.getFirst()));
        return Map.of("X-Twilio-Signature", TwilioSignature.sign(authToken, Json.text(record, "url"), parameters));
    }

    private static String encode(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
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
