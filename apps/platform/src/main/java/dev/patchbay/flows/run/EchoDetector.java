package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.spi.EffectOwner;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells echoes of our own effects from events from outside. A contact that a flow writes comes back as a webhook, often before the
 * provider's response to us does: while an effect that may be the cause is under way, its event waits.
 */
@Component
class EchoDetector {

    /** More effects of one contact or appointment are not considered. */
    private static final int MAX_EFFECTS = 1_000;

    private final Effects effects;
    private final EchoRepository echoes;
    private final List<EffectOwner> owners;
    private final Tenancy tenancy;
    private final Events events;
    private final EchoSettings settings;
    private final Clock clock;

    EchoDetector(
            Effects effects,
            EchoRepository echoes,
            List<EffectOwner> owners,
            Tenancy tenancy,
            Events events,
            EchoSettings settings,
            Clock clock) {
        this.effects = effects;
        this.echoes = echoes;
        this.owners = owners;
        this.tenancy = tenancy;
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
        if (mayWait(event) && findOpenCause(event, client, functions).isPresent()) {
            throw new EventConsumer.Busy("an effect that may have caused it is under way");
        }
        var cause = findSettledCause(event, client, functions);
        cause.ifPresent(found -> events.recordCause(event.tenant(), event.id(), found));
        return cause;
    }

    private boolean mayWait(Event event) {
        return clock.instant().isBefore(event.receivedAt().plus(settings.waitFor()));
    }

    private Optional<Event.Cause> findOpenCause(Event event, ClientId client, List<String> functions) {
        return tenancy.inTenant(
                event.tenant(),
                () -> findNewestCause(
                        event, client, functions, effects.findOpen(event.tenant(), earliest(event), latest(event))));
    }

    private Optional<Event.Cause> findSettledCause(Event event, ClientId client, List<String> functions) {
        return tenancy.inTenant(
                event.tenant(), () -> findNewestCause(event, client, functions, findSettledEffects(event)));
    }

    private Optional<Event.Cause> findNewestCause(
            Event event, ClientId client, List<String> functions, List<EffectStatus> candidates) {
        return candidates.isEmpty()
                ? Optional.empty()
                : echoes.findCause(
                        event.tenant(), client, functions, candidates, findOwned(event.tenant(), client, candidates));
    }

    private Set<EffectOrigin> findOwned(TenantId tenant, ClientId client, List<EffectStatus> candidates) {
        var origins = candidates.stream().map(EffectStatus::origin).collect(Collectors.toSet());
        return owners.stream()
                .flatMap(owner -> owner.findOwned(tenant, client, origins).stream())
                .collect(Collectors.toSet());
    }

    /** The effect that the event names, and the effects that made or changed its subject. */
    private List<EffectStatus> findSettledEffects(Event event) {
        String key = event.data().path("effectKey").asString("");
        return Stream.concat(
                        effects.find(event.tenant(), List.of(key)).values().stream(),
                        effects.findDone(event.tenant(), providerIds(event), earliest(event), MAX_EFFECTS).stream()
                                .filter(effect -> !effect.createdAt().isAfter(latest(event))))
                .toList();
    }

    private Instant earliest(Event event) {
        return event.receivedAt().minus(settings.remember());
    }

    private Instant latest(Event event) {
        return event.receivedAt().plus(settings.skew());
    }

    /** The ids of the event's subject; not of all that it names, for a person's note on our contact is not an echo. */
    private static List<String> providerIds(Event event) {
        return Stream.concat(
                        Stream.of(event.subject()),
                        event.data().valueStream().map(about -> about.path("id").asString("")))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** The functions whose effects a provider reports with such an event. */
    private static List<String> functionsCausing(String type) {
        return switch (type) {
            case "crm.contact.created", "crm.contact.updated" -> List.of("crm.upsertContact");
            case "crm.appointment.created" -> List.of("calendar.book", "calendar.hold");
            case "crm.appointment.updated" ->
                List.of("calendar.book", "calendar.hold", "calendar.move", "calendar.cancel");
            case "crm.appointment.deleted" -> List.of("calendar.cancel");
            case "crm.message.sent", "message.sms.status" -> List.of("messaging.sendSms");
            default -> List.of();
        };
    }
}
