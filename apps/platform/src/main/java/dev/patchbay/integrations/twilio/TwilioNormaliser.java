package dev.patchbay.integrations.twilio;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps Twilio's webhooks to canonical events; {@link TwilioEventMapper} maps those about messages and calls. */
@Component
class TwilioNormaliser implements Normaliser {

    static final String FORM = "application/x-www-form-urlencoded";

    /** The kind of a form by the parameter that only such forms have; the most specific first. */
    private static final List<Map.Entry<String, String>> KIND_PARAMETERS = List.of(
            Map.entry("RecordingSid", "recording"),
            Map.entry("TranscriptionSid", "transcription"),
            Map.entry("ConferenceSid", "conference"),
            Map.entry("MessageSid", "message"),
            Map.entry("CallSid", "call"));

    TwilioNormaliser() {}

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of(FORM, "application/json");
    }

    /** Empty TwiML: Twilio reports any other response to an incoming message as an error ("TwiML for Programmable SMS"). */
    @Override
    public Optional<Acknowledgement> acknowledgement() {
        return Optional.of(
                new Acknowledgement("text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>"));
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        if (!delivery.mediaType().equals(FORM)) {
            return mapUnknown("event", delivery.json(), Optional.empty(), List.of(), Optional.empty());
        }
        TwilioForm form =
                TwilioForm.read(delivery.body()).orElseThrow(() -> new Unreadable("", "The form cannot be read."));
        return Stream.of(TwilioEventMapper.mapMessage(form, delivery.url()), TwilioEventMapper.mapCall(form))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> mapUnknown(form));
    }

    private static Normalised mapUnknown(TwilioForm form) {
        var kind = KIND_PARAMETERS.stream()
                .filter(it -> form.find(it.getKey()).isPresent())
                .findFirst();
        return mapUnknown(
                kind.map(Map.Entry::getValue).orElse("other"),
                form.toJson(),
                kind.flatMap(it -> TwilioEventMapper.findSid(form, it.getKey())),
                TwilioEventMapper.routes(form),
                TwilioEventMapper.findE164(form, "From"));
    }

    /** Keeps a webhook of an unknown kind with its payload, so that people see it; a digest of the payload is its key. */
    private static Normalised mapUnknown(
            String kind, JsonNode payload, Optional<String> subject, List<Route> routes, Optional<String> person) {
        ObjectNode data = Json.object().put("event", kind);
        data.set("payload", payload);
        return new Normalised(
                "provider.twilio." + kind,
                kind + ":" + HexFormat.of().formatHex(Json.digest(payload), 0, 16),
                subject.orElse("unknown"),
                Optional.empty(),
                routes,
                person,
                data);
    }
}
