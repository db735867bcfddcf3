package dev.patchbay.insights.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.Events;
import dev.patchbay.insights.CallTranscripts;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the transcript from the call's events. {@link Events#read} records the reading in the audit trail. */
@Component
final class CallTranscriptService implements CallTranscripts {

    private static final int MAX_EVENTS = 20;
    private static final List<String> HAVE_TRANSCRIPTS =
            List.of("voice.call.reanalyzed", "voice.call.analyzed", "voice.call.ended");

    private final Events events;

    CallTranscriptService(Events events) {
        this.events = events;
    }

    @Override
    public Optional<Transcript> read(TenantScope scope, String reader, String callId) {
        return HAVE_TRANSCRIPTS.stream()
                .flatMap(type -> events.list(scope, query(type, callId)).items().stream())
                .filter(event -> events.find(scope, event.id())
                        .filter(found -> !text(found).isBlank())
                        .isPresent())
                .findFirst()
                .flatMap(event -> events.read(scope, reader, event.id()))
                .map(event -> new Transcript(callId, TranscriptParser.parse(text(event))));
    }

    private static EventQuery query(String type, String callId) {
        return new EventQuery(
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.of(callId),
                Optional.empty(),
                Optional.empty(),
                MAX_EVENTS,
                Optional.empty());
    }

    private static String text(Event event) {
        return event.data().at("/call/transcript").asString("");
    }
}
