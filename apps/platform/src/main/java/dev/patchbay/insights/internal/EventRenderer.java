package dev.patchbay.insights.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.insights.Timeline.Ref;
import dev.patchbay.insights.internal.TimelineRow.Rank;
import java.util.List;
import java.util.Locale;

/** Renders events and the webhooks that delivered them. */
final class EventRenderer {

    private static final String SMS_STATUS = "message.sms.status";

    private EventRenderer() {}

    static List<TimelineRow> render(Event event) {
        var ref = new Ref("event", event.id().value(), "/api/v1/events/" + event.id());
        String status = event.status().name().toLowerCase(Locale.ROOT);
        boolean fromWebhook = event.origin() == Event.Origin.WEBHOOK;
        boolean isSmsStatus = event.type().equals(SMS_STATUS);
        var fact = TimelineRow.of(
                Rank.EVENT,
                event.time(),
                isSmsStatus ? event.type() : "event",
                title(event) + (fromWebhook ? "" : " (found by polling; no webhook arrived)"),
                event.cause().map(cause -> "caused by " + cause.origin()).orElse(event.type()),
                event.correlation(),
                ref,
                isSmsStatus ? event.data().at("/message/status").asString(status) : status);
        var arrival = TimelineRow.of(
                Rank.WEBHOOK,
                event.receivedAt(),
                "webhook.accepted",
                "Webhook accepted: " + event.type(),
                "verified, stored and acknowledged",
                event.correlation(),
                ref,
                null);
        return fromWebhook ? List.of(arrival, fact) : List.of(fact);
    }

    private static String title(Event event) {
        String title = switch (event.type()) {
            case "voice.call.inbound" -> "Incoming call";
            case "voice.call.analyzed" -> "Call analysed";
            case "voice.call.reanalyzed" -> "Call analysed again";
            case "voice.call.ended" -> "Call ended" + duration(event);
            case SMS_STATUS ->
                "Text message " + event.data().at("/message/status").asString("changed its status")
                        + carrierError(event);
            default -> words(event.type()) + (event.cause().isPresent() ? " by Patchbay" : "");
        };
        return event.data().has("erased") ? title + " (personal data erased)" : title;
    }

    private static String duration(Event event) {
        var seconds = event.data().at("/call/durationSeconds");
        return seconds.isNumber() ? " after " + seconds.asString() + " s" : "";
    }

    private static String carrierError(Event event) {
        String code = event.data().at("/message/errorCode").asString("");
        return code.isEmpty() ? "" : " (carrier error " + code + ")";
    }

    /** Returns the type in words: {@code crm.contact.created} becomes "Contact created". */
    private static String words(String type) {
        String words = type.substring(type.indexOf('.') + 1).replace('.', ' ').replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
