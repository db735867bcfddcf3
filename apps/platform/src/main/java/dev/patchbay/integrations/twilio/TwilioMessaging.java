package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.MessagingPort;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import dev.patchbay.effects.spi.SmsDeliveryReceipts.Receipt;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Redaction;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sends text messages by Twilio's API 2010-04-01 ("Message resource"). */
@Component
class TwilioMessaging implements MessagingPort {

    private static final int OPTED_OUT = 21_610;

    /** Allowance for Twilio's clock lagging behind own: a message of this effect must not look older than its claim. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "messaging.sendSms",
            Idempotency.lookUp(
                    Idempotency.Settle.CARRIER,
                    "Twilio takes no key: the status callback names the effect, and Twilio's list shows texts by number,"
                            + " wording and time; two that nothing tells apart are a person's to judge."),
            "messaging.sendMms",
            Idempotency.lookUp(
                    Idempotency.Settle.CARRIER,
                    "As a text: by the status callback, else by number, wording and time."));

    private final TwilioClient client;
    private final TwilioNumberLookup numberLookup;
    private final SmsDeliveryReceipts deliveryReceipts;

    TwilioMessaging(OutgoingHttp http, SmsDeliveryReceipts deliveryReceipts) {
        this.client = new TwilioClient(http);
        this.numberLookup = new TwilioNumberLookup(client);
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
        return send(callContext, new Text(sms.to(), sms.text(), List.of()));
    }

    @Override
    public LookupResult<Message> findSms(CallContext callContext, Sms sms) {
        return find(callContext, new Text(sms.to(), sms.text(), List.of()));
    }

    @Override
    public PortResult<Message> sendMms(CallContext callContext, Mms mms) {
        return send(callContext, Text.of(mms));
    }

    @Override
    public LookupResult<Message> findMms(CallContext callContext, Mms mms) {
        return find(callContext, Text.of(mms));
    }

    @Override
    public PortResult<NumberInfo> checkNumber(CallContext callContext, NumberQuery query) {
        return numberLookup.check(callContext, query.number());
    }

    /** A text, with files when it is an MMS. */
    private record Text(String to, String text, List<String> media) {

        static Text of(Mms mms) {
            return new Text(mms.to(), Objects.requireNonNullElse(mms.text(), ""), mms.media());
        }
    }

    private PortResult<Message> send(CallContext callContext, Text text) {
        Optional<String> refusal = refusal(callContext, text);
        if (refusal.isPresent()) {
            return new PortResult.Rejected<>(FailureReason.BAD_INPUT, refusal.get());
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("To", List.of(text.to()));
        fields.put("From", List.of(from(callContext)));
        if (!text.text().isEmpty()) {
            fields.put("Body", List.of(text.text()));
        }
        if (!text.media().isEmpty()) {
            fields.put("MediaUrl", text.media());
        }
        findSetting(callContext, "statusCallbackUrl")
                .ifPresent(url ->
                        fields.put("StatusCallback", List.of(url + "?effect=" + encode(callContext.effectKey()))));
        HttpOutcome outcome = client.send(
                callContext, HttpCall.formOfLists("twilio/messages.create", messagesUri(callContext, ""), fields));
        return isOptOut(outcome)
                ? new PortResult.Rejected<>(
                        FailureReason.OPTED_OUT, Redaction.redact(text.to()) + " opted out of texts from this number.")
                : TwilioClient.RESPONSES.effectResult(
                        outcome,
                        "the text to " + Redaction.redact(text.to()),
                        body -> readMessage(body, text).map(it -> new PortResult.Succeeded<>(it, it.id())));
    }

    private static Optional<String> refusal(CallContext callContext, Text text) {
        if (text.to().equals(from(callContext))) {
            return Optional.of("The text would go to the number it is sent from, " + Redaction.redact(text.to()) + ".");
        }
        return PhoneNumber.read(text.to()).isEmpty()
                ? Optional.of("No telephone can have the number " + Redaction.redact(text.to()) + ".")
                : Optional.empty();
    }

    /** Twilio's "Error 21610": the recipient texted STOP to this number. */
    private static boolean isOptOut(HttpOutcome outcome) {
        return outcome instanceof Responded responded
                && responded.body().path("code").asInt(0) == OPTED_OUT;
    }

    /** Delivery receipts that name the effect are proof; without them Twilio's list is searched. */
    private LookupResult<Message> find(CallContext callContext, Text text) {
        List<Receipt> receipts = deliveryReceipts.findReceipts(callContext, text.to());
        Map<String, Message> own = new LinkedHashMap<>();
        receipts.stream()
                .filter(it -> it.effectKey().equals(callContext.effectKey()))
                .forEach(it ->
                        own.putIfAbsent(it.id(), new Message(it.id(), it.status(), SmsSegments.count(text.text()))));
        return own.isEmpty() ? findInList(callContext, text, receipts) : found(List.copyOf(own.values()));
    }

    /**
     * Twilio's list does not contain the status callback address with the effect's key, so messages are matched by number, text
     * and time, and those of other effects are left out.
     */
    private LookupResult<Message> findInList(CallContext callContext, Text text, List<Receipt> receipts) {
        String query = "?To=" + encode(text.to()) + "&From=" + encode(from(callContext)) + "&PageSize=1000";
        HttpOutcome outcome =
                client.send(callContext, HttpCall.get("twilio/messages.list", messagesUri(callContext, query)));
        Instant since = callContext.firstClaimedAt().minus(MAX_CLOCK_SKEW);
        return TwilioClient.RESPONSES.lookupResult(
                outcome,
                "to list texts",
                body -> Optional.of(body.path("messages"))
                        .filter(JsonNode::isArray)
                        .map(list -> list.valueStream()
                                .filter(it -> it.path("body").asString("").equals(text.text()))
                                .filter(it -> !createdAt(it).isBefore(since))
                                .flatMap(it -> readMessage(it, text).stream())
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

    private static URI messagesUri(CallContext callContext, String query) {
        String sid = encode(TwilioClient.accountSid(callContext));
        return URI.create(callContext.account().baseUrl() + "/2010-04-01/Accounts/" + sid + "/Messages.json" + query);
    }

    private static Optional<Message> readMessage(JsonNode body, Text text) {
        return Optional.ofNullable(body.path("sid").asString(null))
                .map(sid -> new Message(sid, body.path("status").asString("queued"), SmsSegments.count(text.text())));
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
