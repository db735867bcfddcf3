package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.MessagingPort;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.ProviderResponses;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import dev.patchbay.effects.spi.SmsDeliveryReceipts.Receipt;
import dev.patchbay.kernel.Redaction;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sends text messages by Twilio's API 2010-04-01 ("Message resource"). */
@Component
class TwilioMessaging implements MessagingPort {

    private static final ProviderResponses RESPONSES = new ProviderResponses("Twilio", TwilioMessaging::errorMessage);

    /** Allowance for Twilio's clock lagging behind own: a message of this effect must not look older than its claim. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "messaging.sendSms",
            Idempotency.lookUp(
                    Idempotency.Settle.CARRIER,
                    "Twilio takes no key: the status callback names the effect, and Twilio's list shows texts by number,"
                            + " wording and time; two that nothing tells apart are a person's to judge."));

    private final OutgoingHttp http;
    private final SmsDeliveryReceipts deliveryReceipts;

    TwilioMessaging(OutgoingHttp http, SmsDeliveryReceipts deliveryReceipts) {
        this.http = http;
        this.deliveryReceipts = deliveryReceipts;
    }

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    /**
     * One message per second, the rate of a US long code ("Understanding Twilio Rate Limits and Message Queues"), unless the
     * connection's setting differs, as for short codes and registered campaigns.
     */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        int perSecond = account.settings().path("messagesPerSecond").asInt(1);
        return List.of(new Quota("from:" + binding.path("from").asString(""), perSecond, Duration.ofSeconds(1)));
    }

    @Override
    public PortResult<Message> sendSms(CallContext callContext, Sms sms) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", sms.to());
        fields.put("From", from(callContext));
        fields.put("Body", sms.text());
        findSetting(callContext, "statusCallbackUrl")
                .ifPresent(url -> fields.put("StatusCallback", url + "?effect=" + encode(callContext.effectKey())));
        HttpOutcome outcome =
                send(callContext, HttpCall.form("twilio/messages.create", messagesUri(callContext, ""), fields));
        return RESPONSES.effectResult(
                outcome,
                "the text to " + Redaction.redact(sms.to()),
                body -> readMessage(body).map(it -> new PortResult.Succeeded<>(it, it.id())));
    }

    /** Delivery receipts that name the effect are proof; without them Twilio's list is searched. */
    @Override
    public LookupResult<Message> findSms(CallContext callContext, Sms sms) {
        List<Receipt> receipts = deliveryReceipts.findReceipts(callContext, sms.to());
        Map<String, Message> own = new LinkedHashMap<>();
        receipts.stream()
                .filter(it -> it.effectKey().equals(callContext.effectKey()))
                .forEach(it -> own.putIfAbsent(it.id(), new Message(it.id(), it.status())));
        return own.isEmpty() ? findInList(callContext, sms, receipts) : found(List.copyOf(own.values()));
    }

    /**
     * Twilio's list does not contain the status callback address with the effect's key, so messages are matched by number, text
     * and time, and those of other effects are left out.
     */
    private LookupResult<Message> findInList(CallContext callContext, Sms sms, List<Receipt> receipts) {
        String query = "?To=" + encode(sms.to()) + "&From=" + encode(from(callContext)) + "&PageSize=1000";
        HttpOutcome outcome = send(callContext, HttpCall.get("twilio/messages.list", messagesUri(callContext, query)));
        Instant since = callContext.firstClaimedAt().minus(MAX_CLOCK_SKEW);
        return RESPONSES.lookupResult(
                outcome,
                "to list texts",
                body -> Optional.of(body.path("messages"))
                        .filter(JsonNode::isArray)
                        .map(list -> list.valueStream()
                                .filter(it -> it.path("body").asString("").equals(sms.text()))
                                .filter(it -> !createdAt(it).isBefore(since))
                                .flatMap(it -> readMessage(it).stream())
                                .toList())
                        .map(same -> decide(withoutOtherEffects(callContext, same, receipts))));
    }

    private List<Message> withoutOtherEffects(CallContext callContext, List<Message> same, List<Receipt> receipts) {
        Set<String> others = receipts.stream().map(Receipt::id).collect(Collectors.toSet());
        List<String> candidates = same.stream()
                .map(Message::id)
                .filter(id -> !others.contains(id))
                .toList();
        Map<String, String> settled =
                candidates.isEmpty() ? Map.of() : deliveryReceipts.findEffectKeys(callContext, candidates);
        return same.stream()
                .filter(it -> candidates.contains(it.id()))
                .filter(it -> callContext.effectKey().equals(settled.getOrDefault(it.id(), callContext.effectKey())))
                .toList();
    }

    private static LookupResult<Message> decide(List<Message> matches) {
        return switch (matches.size()) {
            case 0 -> new LookupResult.Absent<>();
            case 1 -> found(matches);
            default ->
                new LookupResult.Impossible<>(
                        "Twilio holds %d texts that may be this one, and no callback tells them apart: %s."
                                .formatted(
                                        matches.size(),
                                        matches.stream().map(Message::id).collect(Collectors.joining(", "))));
        };
    }

    private static LookupResult<Message> found(List<Message> matches) {
        return new LookupResult.Found<>(
                matches.getFirst(), matches.stream().map(Message::id).toList());
    }

    /** With the error code, which Twilio's "Error and Warning Dictionary" explains. */
    private static String errorMessage(JsonNode body) {
        String message = body.path("message").asString("");
        return body.has("code") ? message + " (error " + body.path("code").asString() + ")" : message;
    }

    private HttpOutcome send(CallContext callContext, HttpCall call) {
        String credentials = findSetting(callContext, "accountSid").orElse("") + ":"
                + callContext.account().secret("auth_token");
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return http.send(
                call.withHeader("Authorization", "Basic " + basic), callContext.window(), callContext.journal());
    }

    private static URI messagesUri(CallContext callContext, String query) {
        String sid = encode(findSetting(callContext, "accountSid").orElse(""));
        return URI.create(callContext.account().baseUrl() + "/2010-04-01/Accounts/" + sid + "/Messages.json" + query);
    }

    private static Optional<Message> readMessage(JsonNode body) {
        return Optional.ofNullable(body.path("sid").asString(null))
                .map(sid -> new Message(sid, body.path("status").asString("queued")));
    }

    /** A message without a readable time counts as new: attributing it to this effect is safer than sending twice. */
    private static Instant createdAt(JsonNode message) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    message.path("date_created").asString(""), Instant::from);
        } catch (DateTimeException unreadable) {
            return Instant.MAX;
        }
    }

    private static String from(CallContext callContext) {
        return callContext.binding().path("from").asString("");
    }

    private static Optional<String> findSetting(CallContext callContext, String name) {
        return Optional.ofNullable(callContext.account().settings().path(name).asString(null));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
