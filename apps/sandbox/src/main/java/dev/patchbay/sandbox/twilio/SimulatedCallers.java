package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Simulates people with telephones: they text an account's number and call it, and Twilio sends the account webhooks. */
public final class SimulatedCallers {

    private final Store store;
    private final Clock clock;
    private final TwilioAccounts accounts;
    private final TwilioMessages messages;
    private final TwilioWebhooks webhooks;

    public SimulatedCallers(
            Store store, Clock clock, TwilioAccounts accounts, TwilioMessages messages, TwilioWebhooks webhooks) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.messages = messages;
        this.webhooks = webhooks;
    }

    /**
     * Sends a text to a number of an account. STOP and its synonyms opt out of further texts; START opts in again.
     *
     * @param script {@code {from, to, body}}
     * @return the message, with {@code deliveries} if the account has an {@code smsUrl}
     * @throws ControlError 400 when no account has the number
     */
    public ObjectNode sendText(ObjectNode script) {
        String from = Json.text(script, "from");
        String to = Json.text(script, "to");
        String body = Json.text(script, "body");
        ObjectNode account = accounts.requireOwner(to);
        String accountSid = Json.text(account, "accountSid");
        ObjectNode form = Json.object().put("From", from).put("To", to).put("Body", body);
        ObjectNode message = messages.newMessage(accountSid, form, "inbound", "received");
        String sid = Json.text(message, "sid");
        message.put("date_sent", TwilioDates.format(clock.instant()));
        store.put(Table.TWILIO_MESSAGES, sid, message);
        switch (body.strip().toUpperCase(Locale.ROOT)) {
            case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE" ->
                store.put(Table.TWILIO_OPT_OUTS, from + " " + to, Json.object());
            case "START", "YES", "UNSTOP" -> store.remove(Table.TWILIO_OPT_OUTS, from + " " + to);
            default -> {}
        }
        Map<String, String> webhook = new TreeMap<>(Map.of(
                "MessageSid", sid,
                "SmsSid", sid,
                "SmsMessageSid", sid,
                "SmsStatus", "received",
                "AccountSid", accountSid,
                "ApiVersion", "2010-04-01",
                "From", from,
                "To", to,
                "Body", body,
                "NumMedia", "0"));
        webhook.put("NumSegments", "1");
        ObjectNode result = message.deepCopy();
        Json.find(account, "smsUrl")
                .ifPresent(
                        url -> result.set("deliveries", Json.array(webhooks.send(accountSid, url, List.of(webhook)))));
        return result;
    }

    /**
     * Calls a number of an account, or with {@code direction: outbound-api} calls from one. Twilio sends a status callback
     * for each status up to the {@code outcome}, which is {@code completed} by default.
     *
     * @param script {@code {from, to, direction, outcome, durationSeconds, callSid}}
     * @return {@code {callSid, deliveries}}
     * @throws ControlError 400 when no account has the number
     */
    public ObjectNode placeCall(ObjectNode script) {
        boolean inbound = direction(script).equals("inbound");
        ObjectNode account = accounts.requireOwner(Json.text(script, inbound ? "to" : "from"));
        String accountSid = Json.text(account, "accountSid");
        String callSid = Json.find(script, "callSid").orElseGet(() -> "CA" + Ids.hex(32));
        String outcome = Json.find(script, "outcome").orElse("completed");
        List<String> statuses = outcome.equals("completed")
                ? List.of("initiated", "ringing", "in-progress", outcome)
                : List.of("initiated", "ringing", outcome);
        List<Map<String, String>> callbacks = IntStream.range(0, statuses.size())
                .mapToObj(index -> statusCallback(script, accountSid, callSid, statuses.get(index), index))
                .toList();
        ObjectNode result = Json.object().put("callSid", callSid);
        result.set(
                "deliveries", Json.array(webhooks.send(accountSid, Json.text(account, "voiceStatusUrl"), callbacks)));
        return result;
    }

    private static String direction(ObjectNode script) {
        return Json.find(script, "direction").orElse("inbound");
    }

    private Map<String, String> statusCallback(
            ObjectNode script, String accountSid, String callSid, String status, int sequenceNumber) {
        Map<String, String> form = new TreeMap<>();
        form.put("CallSid", callSid);
        form.put("CallStatus", status);
        form.put("AccountSid", accountSid);
        form.put("ApiVersion", "2010-04-01");
        form.put("From", Json.text(script, "from"));
        form.put("To", Json.text(script, "to"));
        form.put("Direction", direction(script));
        form.put("Timestamp", TwilioDates.format(clock.instant()));
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", Integer.toString(sequenceNumber));
        if (status.equals("completed")) {
            form.put("CallDuration", Json.find(script, "durationSeconds").orElse("62"));
        }
        return form;
    }
}
