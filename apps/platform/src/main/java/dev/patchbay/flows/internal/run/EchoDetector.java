package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Tells echoes of our own acts from events from outside. A contact that a flow writes comes back as a webhook, often before
 * the provider's answer to us does: while an act that may be the cause is under way, its event waits.
 */
@Component
class EchoDetector {

    /** More effects of one contact or appointment are not looked through. */
    private static final int MAX_EFFECTS = 1_000;

    private static final String CANDIDATES = """
            SELECT DISTINCT ON (c.settled) c.origin, c.settled, coalesce(r.depth, 0) AS depth
            FROM unnest(:origins::text[], :keys::text[], :places::text[], :settled::boolean[]) AS c (origin, key, place, settled)
            LEFT JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = c.origin
            WHERE (r.client_id = :client
                OR EXISTS (SELECT FROM patchbay.live_act a
                           WHERE a.tenant_id = :tenant AND a.origin = c.origin AND a.client_id = :client))
              AND (c.place = ANY (:functions)
                OR EXISTS (SELECT FROM patchbay.step s
                           WHERE s.tenant_id = :tenant AND s.run_id = c.origin AND s.effect_key = c.key
                             AND s.call = ANY (:functions)))
            ORDER BY c.settled, c.key DESC""";

    private final Effects effects;
    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Events events;
    private final EchoSettings settings;
    private final Clock clock;

    EchoDetector(Effects effects, JdbcClient jdbc, Tenancy tenancy, Events events, EchoSettings settings, Clock clock) {
        this.effects = effects;
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** An act that may have caused the event. */
    private record Candidate(boolean settled, Event.Cause cause) {}

    /**
     * Whose echo the event is, which is also written down with it; empty for one from outside.
     *
     * @throws EventConsumer.Busy while an act that may be the cause is under way, for as long as the settings allow
     */
    Optional<Event.Cause> cause(Event event, ClientId client) {
        List<String> functions = causing(event.type());
        if (event.cause().isPresent() || functions.isEmpty()) {
            return event.cause();
        }
        // One that is under way comes before all that are settled: what was done to the same contact before is no cause
        // of this.
        var candidates = candidates(event, client, functions);
        if (candidates.stream().anyMatch(found -> !found.settled()) && mayWait(event)) {
            throw new EventConsumer.Busy("an act that may have caused it is under way");
        }
        var cause = candidates.stream()
                .filter(Candidate::settled)
                .map(Candidate::cause)
                .findFirst();
        cause.ifPresent(known -> events.mark(event.tenant(), event.id(), known));
        return cause;
    }

    private boolean mayWait(Event event) {
        return clock.instant().isBefore(event.receivedAt().plus(settings.waitFor()));
    }

    /** The newest that is settled, and the newest that is not. */
    private List<Candidate> candidates(Event event, ClientId client, List<String> functions) {
        return tenancy.inTenant(event.tenant(), () -> {
            var settled = settledEffects(event);
            var all =
                    Stream.concat(settled.stream(), openEffects(event).stream()).toList();
            var isSettled = new Boolean[all.size()];
            Arrays.setAll(isSettled, place -> place < settled.size());
            return jdbc.sql(CANDIDATES)
                    .param("tenant", event.tenant().value())
                    .param("client", client.value())
                    .param("functions", functions.toArray(String[]::new))
                    .param("origins", texts(all, effect -> effect.origin().text()))
                    .param("keys", texts(all, EffectStatus::key))
                    .param("places", texts(all, EffectStatus::place))
                    .param("settled", isSettled)
                    .query((row, number) -> new Candidate(
                            row.getBoolean("settled"),
                            new Event.Cause(row.getString("origin"), row.getInt("depth") + 1)))
                    .list();
        });
    }

    /** The effect that the event names, and those that made or changed what it is about. */
    private List<EffectStatus> settledEffects(Event event) {
        String key = event.data().path("effectKey").asString("");
        Instant since = event.receivedAt().minus(settings.remember());
        return Stream.concat(
                        effects.find(event.tenant(), List.of(key)).values().stream(),
                        effects.findDone(event.tenant(), ids(event), since, MAX_EFFECTS).stream()
                                .filter(effect -> !effect.createdAt().isAfter(latest(event))))
                .toList();
    }

    private List<EffectStatus> openEffects(Event event) {
        return effects.findOpen(event.tenant(), event.receivedAt().minus(settings.remember()), latest(event));
    }

    private Instant latest(Event event) {
        return event.receivedAt().plus(settings.skew());
    }

    private static String[] texts(List<EffectStatus> effects, Function<EffectStatus, String> text) {
        return effects.stream().map(text).toArray(String[]::new);
    }

    /** What the event is about; not what else it names, for a person's note on our contact is nobody's echo. */
    private static List<String> ids(Event event) {
        return Stream.concat(
                        Stream.of(event.subject()),
                        event.data()
                                .valueStream()
                                .map(about -> about.path("id"))
                                .map(EchoDetector::text))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    private static String text(JsonNode id) {
        return id.asString("");
    }

    /** The functions whose acts a provider reports with that event. */
    private static List<String> causing(String type) {
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
