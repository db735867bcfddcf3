package dev.patchbay.insights.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.insights.Timeline.Ref;
import java.util.List;
import java.util.Locale;

/** What providers told, as lines. */
final class EventRenderer {

    private static final String DELIVERY = "message.sms.status";

    private EventRenderer() {}

    static List<TimelineRenderer.Line> of(Event event) {
        var ref = new Ref("event", event.id().value(), "/api/v1/events/" + event.id());
        String correlation = event.correlation().value();
        String status = event.status().name().toLowerCase(Locale.ROOT);
        boolean told = event.origin() == Event.Origin.WEBHOOK;
        boolean delivery = event.type().equals(DELIVERY);
        var fact = TimelineRenderer.line(
                1,
                event.time(),
                delivery ? event.type() : "event",
                title(event) + (told ? "" : " (no webhook told of it; found by asking)"),
                event.cause().map(cause -> "brought about by " + cause.origin()).orElse(event.type()),
                correlation,
                ref,
                delivery ? event.data().at("/message/status").asString(status) : status);
        var arrival = TimelineRenderer.line(
                0,
                event.receivedAt(),
                "webhook.accepted",
                "Webhook accepted: " + event.type(),
                "through connection " + event.connectionId(),
                correlation,
                ref,
                null);
        return told ? List.of(arrival, fact) : List.of(fact);
    }

    private static String title(Event event) {
        String plain = switch (event.type()) {
            case "voice.call.inbound" -> "Call rings";
            case "voice.call.analyzed" -> "Call analysed";
            case "voice.call.ended" -> "Call ended" + after(event);
            case DELIVERY -> "Text " + event.data().at("/message/status").asString("moved on") + because(event);
            default -> words(event.type()) + (event.cause().isPresent() ? ", by an act of our own" : "");
        };
        return plain + erased(event);
    }

    private static String after(Event event) {
        var seconds = event.data().at("/call/durationSeconds");
        return seconds.isNumber() ? " after " + seconds.asString() + " s" : "";
    }

    private static String because(Event event) {
        String code = event.data().at("/message/errorCode").asString("");
        return code.isEmpty() ? "" : " (the carrier's error " + code + ")";
    }

    private static String erased(Event event) {
        return event.data().has("erased") ? " (what it told was erased)" : "";
    }

    /** {@code crm.contact.created} becomes "Contact created". */
    private static String words(String type) {
        String said = type.substring(type.indexOf('.') + 1).replace('.', ' ').replace('_', ' ');
        return said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
    }
}
