package dev.patchbay.sandbox;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What people at their telephones do, and what Twilio tells of it: texts to an account's number, and calls. */
final class TwilioPeople {

    private final Books books;
    private final Clock clock;
    private final Twilio twilio;
    private final TwilioHooks hooks;

    TwilioPeople(Books books, Clock clock, Twilio twilio, TwilioHooks hooks) {
        this.books = books;
        this.clock = clock;
        this.twilio = twilio;
        this.hooks = hooks;
    }

    /**
     * A text from a person to one of the account's numbers: STOP opts out, START comes back. The message, and what became of
     * the account's webhook where it has a {@code smsUrl}.
     */
    ObjectNode text(ObjectNode sms) {
        String from = Json.text(sms, "from");
        String to = Json.text(sms, "to");
        String body = Json.text(sms, "body");
        ObjectNode account = owner(to);
        String accountSid = Json.text(account, "accountSid");
        ObjectNode form = Json.object().put("From", from).put("To", to).put("Body", body);
        ObjectNode message = twilio.message(accountSid, form, "inbound", "received");
        String sid = Json.text(message, "sid");
        message.put("date_sent", Twilio.rfc2822(clock.instant()));
        books.put(Shelf.TWILIO_MESSAGES, sid, message);
        switch (body.strip().toUpperCase(Locale.ROOT)) {
            case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT" ->
                books.put(Shelf.TWILIO_OPT_OUTS, from + " " + to, Json.object());
            case "START", "YES", "UNSTOP" -> books.remove(Shelf.TWILIO_OPT_OUTS, from + " " + to);
            default -> {}
        }
        Map<String, String> told = new TreeMap<>(Map.of(
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
        told.put("NumSegments", "1");
        ObjectNode answer = message.deepCopy();
        Json.find(account, "smsUrl")
                .ifPresent(url -> answer.set("deliveries", Json.array(hooks.tell(accountSid, url, List.of(told)))));
        return answer;
    }

    /**
     * A call to one of the account's numbers, or with {@code direction: outbound-api} from one: its status callbacks up to the
     * {@code outcome}, which is {@code completed} unless told otherwise.
     */
    ObjectNode call(ObjectNode wanted) {
        String from = Json.text(wanted, "from");
        String to = Json.text(wanted, "to");
        String direction = Json.find(wanted, "direction").orElse("inbound");
        ObjectNode account = owner(direction.equals("inbound") ? to : from);
        String accountSid = Json.text(account, "accountSid");
        String callSid = Json.find(wanted, "callSid").orElseGet(() -> "CA" + Ids.hex(32));
        String outcome = Json.find(wanted, "outcome").orElse("completed");
        List<String> statuses = outcome.equals("completed")
                ? List.of("initiated", "ringing", "in-progress", outcome)
                : List.of("initiated", "ringing", outcome);
        List<Map<String, String>> forms = Stream.iterate(0, i -> i < statuses.size(), i -> i + 1)
                .map(i -> {
                    Map<String, String> form = new TreeMap<>(Map.of(
                            "CallSid",
                            callSid,
                            "CallStatus",
                            statuses.get(i),
                            "AccountSid",
                            accountSid,
                            "ApiVersion",
                            "2010-04-01",
                            "From",
                            from,
                            "To",
                            to,
                            "Direction",
                            direction,
                            "Timestamp",
                            Twilio.rfc2822(clock.instant()),
                            "CallbackSource",
                            "call-progress-events",
                            "SequenceNumber",
                            Integer.toString(i)));
                    if (statuses.get(i).equals("completed")) {
                        form.put(
                                "CallDuration",
                                Json.find(wanted, "durationSeconds").orElse("62"));
                    }
                    return form;
                })
                .toList();
        ObjectNode answer = Json.object().put("callSid", callSid);
        answer.set("deliveries", Json.array(hooks.tell(accountSid, Json.text(account, "voiceStatusUrl"), forms)));
        return answer;
    }

    private ObjectNode owner(String number) {
        return books.all(Shelf.TWILIO_ACCOUNTS).stream()
                .filter(known -> known.path("numbers")
                        .valueStream()
                        .anyMatch(owned -> owned.asString().equals(number)))
                .findFirst()
                .orElseThrow(
                        () -> Control.refusal(400, "unknown_number", "No Twilio account has the number " + number));
    }
}
