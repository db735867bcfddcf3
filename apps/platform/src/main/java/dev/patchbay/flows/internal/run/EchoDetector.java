package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.run.EchoRepository.Candidate;
import dev.patchbay.flows.internal.run.EchoRepository.CauseFilter;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells echoes of our own effects from events from outside. A contact that a flow writes comes back as a webhook, often before the
 * provider's response to us does: while an effect that may be the cause is under way, its event waits.
 */
@Component
class EchoDetector {

    private final EchoRepository effects;
    private final Events events;
    private final EchoSettings settings;
    private final Clock clock;

    EchoDetector(EchoRepository effects, Events events, EchoSettings settings, Clock clock) {
        this.effects = effects;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Finds the cause of an echo and marks the event with it; empty for an event from outside.
     *
     * @throws EventConsumer.Busy while an effect that may be the cause is under way, for as long as the settings allow
     */
    Optional<Event.Cause> findCause(Event event, ClientId client) {
        List<String> functions = functionsCausing(event.type());
        if (event.cause().isPresent() || functions.isEmpty()) {
            return event.cause();
        }
        // An effect under way comes before all that are settled: what was done to the same contact before is no cause
        // of this.
        var candidates = findCandidates(event, client, functions);
        if (candidates.stream().anyMatch(candidate -> !candidate.settled()) && mayWait(event)) {
            throw new EventConsumer.Busy("an effect that may have caused it is under way");
        }
        var cause = candidates.stream()
                .filter(Candidate::settled)
                .map(Candidate::cause)
                .findFirst();
        cause.ifPresent(found -> events.mark(event.tenant(), event.id(), found));
        return cause;
    }

    private boolean mayWait(Event event) {
        return clock.instant().isBefore(event.receivedAt().plus(settings.waitFor()));
    }

    private List<Candidate> findCandidates(Event event, ClientId client, List<String> functions) {
        Instant received = event.receivedAt();
        return effects.find(new CauseFilter(
                event.tenant(),
                client,
                event.data().path("effectKey").asString(""),
                providerIds(event),
                functions,
                received.minus(settings.remember()),
                received.plus(settings.skew())));
    }

    /** The ids of the event's subject; not of all that it names, for a person's note on our contact is not an echo. */
    private static String[] providerIds(Event event) {
        return Stream.concat(
                        Stream.of(event.subject()),
                        event.data().valueStream().map(about -> about.path("id").asString("")))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toArray(String[]::new);
    }

    /** The functions whose effects a provider reports with such an event. */
    private static List<String> functionsCausing(String type) {
        return switch (type) {
            case "crm.contact.created", "crm.contact.updated" -> List.of("crm.upsertContact");
            case "crm.appointment.created" -> List.of("calendar.book", "calendar.hold");
            case "crm.appointment.updated" -> List.of("calendar.book", "calendar.hold", "calendar.cancel");
            case "crm.appointment.deleted" -> List.of("calendar.cancel");
            case "crm.message.sent", "message.sms.status" -> List.of("messaging.sendSms");
            default -> List.of();
        };
    }
}
