package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.MessagingPort;
import dev.patchbay.flows.spi.ProviderAnswers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sends texts through Twilio's Messages API (2010-04-01). */
@Component
class TwilioMessaging implements MessagingPort {

    private static final ProviderAnswers ANSWERS =
            new ProviderAnswers("Twilio", body -> body.path("message").asString(""));

    /** How far Twilio's clock may lie behind ours: a text sent by us must never look older than its claim. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final OutgoingHttp http;

    TwilioMessaging(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Answer<Message> sendSms(Act act, Sms sms) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", sms.to());
        fields.put("From", from(act));
        fields.put("Body", sms.text());
        setting(act, "statusCallbackUrl")
                .ifPresent(url -> fields.put("StatusCallback", url + "?effect=" + encode(act.effectKey())));
        HttpOutcome outcome = send(act, HttpCall.form("twilio/messages.create", messages(act, ""), fields));
        return ANSWERS.act(outcome, "the text", body -> message(body).map(it -> new Answer.Done<>(it, it.id())));
    }

    /**
     * Twilio's list does not show the status-callback address that holds our key, so texts are told apart by number,
     * wording and time; several matches are all reported.
     */
    @Override
    public LookUp<Message> findSms(Act act, Sms sms) {
        String query = "?To=" + encode(sms.to()) + "&From=" + encode(from(act)) + "&PageSize=1000";
        HttpOutcome outcome = send(act, HttpCall.get("twilio/messages.list", messages(act, query)));
        Instant since = act.firstClaimedAt().minus(SKEW);
        return ANSWERS.lookUp(
                outcome,
                "to list texts",
                body -> Optional.of(body.path("messages"))
                        .filter(JsonNode::isArray)
                        .map(list -> list.valueStream()
                                .filter(it -> it.path("body").asString("").equals(sms.text()))
                                .filter(it -> !created(it).isBefore(since))
                                .flatMap(it -> message(it).stream())
                                .toList())
                        .map(TwilioMessaging::found));
    }

    private static LookUp<Message> found(List<Message> matches) {
        return matches.isEmpty()
                ? new LookUp.Absent<>()
                : new LookUp.Found<>(
                        matches.getFirst(), matches.stream().map(Message::id).toList());
    }

    private HttpOutcome send(Act act, HttpCall call) {
        String credentials =
                setting(act, "accountSid").orElse("") + ":" + act.account().secret("auth_token");
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return http.send(call.with("Authorization", "Basic " + basic), act.window(), act.journal());
    }

    private static URI messages(Act act, String query) {
        String sid = encode(setting(act, "accountSid").orElse(""));
        return URI.create(act.account().baseUrl() + "/2010-04-01/Accounts/" + sid + "/Messages.json" + query);
    }

    private static Optional<Message> message(JsonNode body) {
        return Optional.ofNullable(body.path("sid").asString(null))
                .map(sid -> new Message(sid, body.path("status").asString("queued")));
    }

    /** A text without a readable time counts as new: taking it for ours is safer than sending twice. */
    private static Instant created(JsonNode message) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    message.path("date_created").asString(""), Instant::from);
        } catch (DateTimeException unreadable) {
            return Instant.MAX;
        }
    }

    private static String from(Act act) {
        return act.binding().path("from").asString("");
    }

    private static Optional<String> setting(Act act, String name) {
        return Optional.ofNullable(act.account().settings().path(name).asString(null));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
