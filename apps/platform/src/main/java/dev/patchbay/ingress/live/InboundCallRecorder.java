package dev.patchbay.ingress.live;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Records an inbound call and its answer as an event {@code voice.call.inbound}, after the answer was sent, because a caller
 * waits for it. When recording fails, only the display of the call is incomplete; the provider's webhooks about the call
 * follow.
 */
@Component
class InboundCallRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(InboundCallRecorder.class);
    private static final long MINUTE_MILLIS = 60_000;

    private final EventIngestion ingestion;
    private final Clock clock;

    InboundCallRecorder(EventIngestion ingestion, Clock clock) {
        this.ingestion = ingestion;
        this.clock = clock;
    }

    static String outcome(InboundAnswer answer) {
        return switch (answer) {
            case InboundAnswer.Taken accepted -> accepted.source().name().toLowerCase(Locale.ROOT);
            case InboundAnswer.Refused refused -> "refused";
        };
    }

    /** Records the call later; returns at once. */
    void recordLater(
            WebhookEndpoint endpoint, Normalised fact, String headers, byte[] body, CorrelationId correlation) {
        Thread.ofVirtual().name("inbound-call-recorder").start(() -> store(endpoint, fact, headers, body, correlation));
    }

    private void store(
            WebhookEndpoint endpoint, Normalised fact, String headers, byte[] body, CorrelationId correlation) {
        try {
            ingestion.ingest(endpoint, fact, Event.Origin.WEBHOOK, headers, body, correlation);
        } catch (RuntimeException notStored) {
            LOG.warn(
                    "inbound call at {}: answered, but not recorded; it will be missing from the events",
                    endpoint.connectionId(),
                    notStored);
        }
    }

    /**
     * Describes the call as a fact. The provider has no id for a call that is still ringing, so the digest of its request
     * replaces an id: the same request within the same minute is the same call.
     */
    Normalised describe(InboundCall call, InboundAnswer answer, List<Route> routes, byte[] body) {
        String digest = HexFormat.of().formatHex(Hashing.sha256(body), 0, 16);
        var data = Json.object();
        var callData = data.putObject("call").put("to", call.to());
        call.from().ifPresent(number -> callData.put("from", number.e164()));
        call.agentId().ifPresent(agent -> callData.put("agentId", agent));
        var person = callData.putObject("person").put("hidden", call.from().isEmpty());
        call.from()
                .map(PhoneNumber::e164)
                .filter(number -> !number.equals(call.to()))
                .ifPresent(number -> person.put("number", number));
        data.putObject("answer").put("outcome", outcome(answer));
        return new Normalised(
                "voice.call.inbound",
                "call_inbound:" + digest + ":" + clock.millis() / MINUTE_MILLIS,
                "inbound_" + digest,
                Optional.empty(),
                routes,
                call.from().map(PhoneNumber::e164).filter(number -> !number.equals(call.to())),
                data);
    }
}
