package dev.patchbay.ingress.internal;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
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
 * Writes down that a call rang and what was answered, as an event like any other, but beside the answer: a caller waits
 * for that one. What cannot be written down is lost to people's view only: the call's own webhooks follow.
 */
@Component
class InboundRecord {

    private static final Logger LOG = LoggerFactory.getLogger(InboundRecord.class);
    private static final long MINUTE_MILLIS = 60_000;

    private final EventIngestion eventIngestion;
    private final Clock clock;

    InboundRecord(EventIngestion eventIngestion, Clock clock) {
        this.eventIngestion = eventIngestion;
        this.clock = clock;
    }

    static String outcome(InboundAnswer answer) {
        return switch (answer) {
            case InboundAnswer.Taken taken -> taken.source().name().toLowerCase(Locale.ROOT);
            case InboundAnswer.Refused refused -> "refused";
        };
    }

    /** Returns at once. */
    void later(WebhookEndpoint address, Normalised fact, String headers, byte[] body, CorrelationId correlation) {
        Thread.ofVirtual().name("inbound-record").start(() -> store(address, fact, headers, body, correlation));
    }

    private void store(
            WebhookEndpoint address, Normalised fact, String headers, byte[] body, CorrelationId correlation) {
        try {
            eventIngestion.take(address, fact, Event.Origin.WEBHOOK, headers, body, correlation);
        } catch (RuntimeException notStored) {
            LOG.warn("a call was answered, but not written down", notStored);
        }
    }

    /**
     * The provider has no id for a call that nobody has picked up: the digest of what it said stands for it, and the same
     * said again within a minute is the same call.
     */
    Normalised fact(InboundCall call, InboundAnswer answer, List<Route> routes, byte[] body) {
        String digest = HexFormat.of().formatHex(Hashing.sha256(body), 0, 16);
        var data = Json.object();
        var ours = data.putObject("call").put("to", call.to());
        call.from().ifPresent(it -> ours.put("from", it.e164()));
        call.agentId().ifPresent(it -> ours.put("agentId", it));
        data.putObject("answer").put("outcome", outcome(answer));
        return new Normalised(
                "voice.call.inbound",
                "call_inbound:" + digest + ":" + clock.millis() / MINUTE_MILLIS,
                "inbound_" + digest,
                Optional.empty(),
                routes,
                call.from().map(PhoneNumber::e164),
                data);
    }
}
