package dev.patchbay.integrations.twilio;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps Twilio's webhook forms about messages and calls to canonical events (Twilio, "Messaging Webhooks" and "TwiML Voice:
 * StatusCallback"; {@code contracts/events}).
 */
final class TwilioEventMapper {

    /** Callbacks may arrive out of order: a status of lower rank than the present one is outdated. */
    private static final Map<String, Integer> MESSAGE_STATUS_RANKS = Map.ofEntries(
            Map.entry("accepted", 0),
            Map.entry("scheduled", 0),
            Map.entry("queued", 1),
            Map.entry("sending", 2),
            Map.entry("sent", 3),
            Map.entry("delivered", 4),
            Map.entry("undelivered", 4),
            Map.entry("failed", 4),
            Map.entry("canceled", 4),
            Map.entry("read", 5));

    private static final Map<String, Integer> CALL_STATUS_RANKS = Map.of(
            "queued", 0,
            "initiated", 1,
            "ringing", 2,
            "in-progress", 3,
            "completed", 4,
            "busy", 4,
            "failed", 4,
            "no-answer", 4,
            "canceled", 4);

    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern STATUS = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern EFFECT_PARAMETER = Pattern.compile("[?&]effect=([^&#]+)");

    /** Twilio's limit of media per message ("Message resource"). */
    private static final int MAX_MEDIA = 10;

    private TwilioEventMapper() {}

    /** A received message, or the delivery status of a sent one; empty when the form is about something else. */
    static Optional<Normalised> mapMessage(TwilioForm form, String url) {
        Optional<String> id = Stream.of("MessageSid", "SmsSid", "SmsMessageSid")
                .flatMap(it -> form.find(it).stream())
                .findFirst();
        String status =
                form.find("MessageStatus").or(() -> form.find("SmsStatus")).orElse("");
        boolean isInbound = status.equals("received") || (status.isEmpty() && form.has("Body"));
        // WhatsApp and other channels prefix their addresses (whatsapp:+1…); they are not SMS.
        boolean channel = Stream.of("From", "To")
                .anyMatch(end -> form.find(end).orElse("").contains(":"));
        if (id.isEmpty() || channel || (!isInbound && status.isEmpty())) {
            return Optional.empty();
        }
        String sid = requireMatch(SID, "MessageSid", id.get());
        return Optional.of(
                isInbound
                        ? mapReceivedMessage(form, sid)
                        : mapMessageStatus(form, sid, requireMatch(STATUS, "MessageStatus", status), url));
    }

    private static Normalised mapReceivedMessage(TwilioForm form, String sid) {
        ObjectNode message = Json.object().put("id", sid);
        message.put("from", e164OrAsWritten(requireParameter(form, "From")));
        message.put("to", e164OrAsWritten(requireParameter(form, "To")));
        message.put("text", form.find("Body").orElse(""));
        findNumber(form, "NumSegments").ifPresent(it -> message.put("segments", it));
        ArrayNode media = message.putArray("media");
        IntStream.range(0, MAX_MEDIA)
                .forEach(i -> form.find("MediaUrl" + i).ifPresent(address -> {
                    ObjectNode one = media.addObject().put("url", address);
                    form.find("MediaContentType" + i).ifPresent(type -> one.put("contentType", type));
                }));
        message.put("mediaCount", findNumber(form, "NumMedia").orElse(media.size()));
        // STOP, START or HELP, when Twilio handled that keyword itself.
        form.find("OptOutType").ifPresent(it -> message.put("optOut", it));
        return new Normalised(
                "message.sms.received",
                sid + ":received",
                sid,
                Optional.empty(),
                numberRoutes(form, "To"),
                findE164(form, "From"),
                Json.object().set("message", message));
    }

    private static Normalised mapMessageStatus(TwilioForm form, String sid, String status, String url) {
        ObjectNode message = Json.object().put("id", sid);
        putStatus(message, status, MESSAGE_STATUS_RANKS);
        putParties(form, message);
        form.find("ErrorCode").ifPresent(it -> message.put("errorCode", it));
        ObjectNode data = Json.object();
        data.set("message", message);
        findEffectKey(url).ifPresent(it -> data.put("effectKey", it));
        return new Normalised(
                "message.sms.status",
                sid + ":" + status,
                sid,
                Optional.empty(),
                numberRoutes(form, "From"),
                findE164(form, "To"),
                data);
    }

    /** The status of a call; empty when the form has none. */
    static Optional<Normalised> mapCall(TwilioForm form) {
        if (form.find("CallSid").isEmpty() || form.find("CallStatus").isEmpty()) {
            return Optional.empty();
        }
        String sid = requireMatch(SID, "CallSid", requireParameter(form, "CallSid"));
        String status = requireMatch(STATUS, "CallStatus", requireParameter(form, "CallStatus"));
        ObjectNode call = Json.object().put("id", sid);
        putStatus(call, status, CALL_STATUS_RANKS);
        form.find("Direction").ifPresent(it -> call.put("direction", it));
        putParties(form, call);
        call.set("person", mapPerson(form));
        findNumber(form, "CallDuration").ifPresent(it -> call.put("durationSeconds", it));
        form.find("ParentCallSid").ifPresent(it -> call.put("parentId", it));
        form.find("AnsweredBy").ifPresent(it -> call.put("answeredBy", it));
        findNumber(form, "SequenceNumber").ifPresent(it -> call.put("sequence", it));
        return Optional.of(new Normalised(
                "voice.call.status",
                sid + ":" + status,
                sid,
                form.find("Timestamp").flatMap(TwilioEventMapper::parseTimestamp),
                routes(form),
                findPerson(form),
                Json.object().set("call", call)));
    }

    /** The number at the other end of the line, whoever called whom; empty when it is hidden or our own. */
    static Optional<String> findPerson(TwilioForm form) {
        boolean outbound = isOutbound(form);
        Optional<String> ours = findE164(form, outbound ? "From" : "To");
        return findE164(form, outbound ? "To" : "From")
                .filter(number -> !Optional.of(number).equals(ours));
    }

    private static ObjectNode mapPerson(TwilioForm form) {
        ObjectNode person = Json.object();
        findPerson(form).ifPresent(number -> person.put("number", number));
        return person.put(
                        "hidden",
                        findE164(form, isOutbound(form) ? "To" : "From").isEmpty())
                .put("voicemail", form.find("AnsweredBy").orElse("").startsWith("machine"));
    }

    /** The route by our number: the one called, or the caller of an outbound call. */
    static List<Route> routes(TwilioForm form) {
        return numberRoutes(form, isOutbound(form) ? "From" : "To");
    }

    private static boolean isOutbound(TwilioForm form) {
        return form.find("Direction").orElse("").startsWith("outbound");
    }

    private static void putStatus(ObjectNode ours, String status, Map<String, Integer> ranks) {
        ours.put("status", status);
        Optional.ofNullable(ranks.get(status)).ifPresent(it -> ours.put("rank", it));
    }

    private static void putParties(TwilioForm form, ObjectNode ours) {
        form.find("From").ifPresent(it -> ours.put("from", e164OrAsWritten(it)));
        form.find("To").ifPresent(it -> ours.put("to", e164OrAsWritten(it)));
    }

    private static List<Route> numberRoutes(TwilioForm form, String ours) {
        return findE164(form, ours).map(it -> new Route("number", it)).stream().toList();
    }

    static Optional<String> findE164(TwilioForm form, String end) {
        return form.find(end).flatMap(PhoneNumber::read).map(PhoneNumber::e164);
    }

    /** E.164 where the number can be parsed; a sender may also be a short code or an alphanumeric name. */
    private static String e164OrAsWritten(String written) {
        return PhoneNumber.read(written).map(PhoneNumber::e164).orElse(written);
    }

    private static Optional<Integer> findNumber(TwilioForm form, String name) {
        return form.find(name).filter(it -> DIGITS.matcher(it).matches()).map(Integer::valueOf);
    }

    /** The effect's key, which the status callback address of a sent message contains. */
    private static Optional<String> findEffectKey(String url) {
        Matcher effect = EFFECT_PARAMETER.matcher(url);
        try {
            return effect.find() ? Optional.of(TwilioForm.decode(effect.group(1))) : Optional.empty();
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> parseTimestamp(String written) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(written, Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String requireParameter(TwilioForm form, String name) {
        return form.find(name).orElseThrow(() -> new Unreadable("/" + name, "The form has no " + name + "."));
    }

    static Optional<String> findSid(TwilioForm form, String name) {
        return form.find(name).filter(it -> SID.matcher(it).matches());
    }

    private static String requireMatch(Pattern shape, String name, String value) {
        if (!shape.matcher(value).matches()) {
            throw new Unreadable("/" + name, name + " does not look like one.");
        }
        return value;
    }
}
