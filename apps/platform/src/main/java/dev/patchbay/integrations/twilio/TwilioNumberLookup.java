package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.MessagingPort.NumberInfo;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.PhoneNumber;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks Twilio's Lookup API version 2 what kind of line a number is ("Lookup v2 API", "Line Type Intelligence"). */
record TwilioNumberLookup(TwilioClient client) {

    private static final String MESSAGING_HOST = "api.twilio.com";
    private static final String LOOKUP_HOST = "lookups.twilio.com";

    /** Line types that take no texts; of an unknown type it is worth a try. */
    private static final Set<String> WITHOUT_TEXTS =
            Set.of("landline", "pager", "premium", "sharedCost", "uan", "voicemail");

    PortResult<NumberInfo> check(CallContext callContext, String written) {
        Optional<String> number = PhoneNumber.read(written).map(PhoneNumber::e164);
        if (number.isEmpty()) {
            return new PortResult.Succeeded<>(new NumberInfo(written, false, null, null, false), written);
        }
        HttpOutcome outcome =
                client.send(callContext, HttpCall.get("twilio/numbers.lookup", uri(callContext, number.get())));
        return TwilioClient.RESPONSES.readResult(
                outcome,
                "to look a number up",
                body -> Optional.of(new PortResult.Succeeded<>(read(number.get(), body), number.get())));
    }

    private static NumberInfo read(String number, JsonNode body) {
        boolean valid = body.path("valid").asBoolean(false);
        String lineType = body.at("/line_type_intelligence/type").asString(null);
        boolean texts = valid && (lineType == null || !WITHOUT_TEXTS.contains(lineType));
        return new NumberInfo(number, valid, body.path("country_code").asString(null), lineType, texts);
    }

    /** Lookup has a host of its own; a sandbox serves both from one. */
    private static URI uri(CallContext callContext, String number) {
        String base = callContext.account().baseUrl().toString().replace(MESSAGING_HOST, LOOKUP_HOST);
        return URI.create(base + "/v2/PhoneNumbers/" + URLEncoder.encode(number, StandardCharsets.UTF_8)
                + "?Fields=line_type_intelligence");
    }
}
