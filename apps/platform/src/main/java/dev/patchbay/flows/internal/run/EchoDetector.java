package dev.patchbay.flows.internal.run;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    private static final String CANDIDATES = """
            SELECT DISTINCT ON (c.settled) c.run_id, c.settled, coalesce(r.depth, 0) AS depth FROM (
              SELECT e.run_id, e.key, e.step_id, true AS settled FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.key = :key
              UNION ALL
              SELECT e.run_id, e.key, e.step_id, true FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.state = 'DONE' AND e.provider_id = ANY (:ids)
                AND e.settled_at > :since AND e.created_at <= :until
              UNION ALL
              SELECT e.run_id, e.key, e.step_id, false FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.state IN ('PLANNED', 'UNKNOWN') AND e.look_after < 'infinity'
                AND (e.state = 'UNKNOWN' OR e.owner_node IS NOT NULL) AND e.created_at > :since AND e.created_at <= :until) c
            LEFT JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = c.run_id
            WHERE (r.client_id = :client
                OR EXISTS (SELECT FROM patchbay.live_act a
                           WHERE a.tenant_id = :tenant AND a.origin = c.run_id AND a.client_id = :client))
              AND (c.step_id = ANY (:functions)
                OR EXISTS (SELECT FROM patchbay.step s
                           WHERE s.tenant_id = :tenant AND s.run_id = c.run_id AND s.effect_key = c.key
                             AND s.call = ANY (:functions)))
            ORDER BY c.settled, c.key DESC""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Events events;
    private final EchoSettings settings;
    private final Clock clock;

    EchoDetector(JdbcClient jdbc, Tenancy tenancy, Events events, EchoSettings settings, Clock clock) {
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
        cause.ifPresent(known -> events.recordCause(event.tenant(), event.id(), known));
        return cause;
    }

    private boolean mayWait(Event event) {
        return clock.instant().isBefore(event.receivedAt().plus(settings.waitFor()));
    }

    /** The newest that is settled, and the newest that is not. */
    private List<Candidate> candidates(Event event, ClientId client, List<String> functions) {
        Instant received = event.receivedAt();
        return tenancy.inTenant(
                event.tenant(),
                () -> jdbc.sql(CANDIDATES)
                        .param("tenant", event.tenant().value())
                        .param("client", client.value())
                        .param("key", event.data().path("effectKey").asString(""))
                        .param("ids", ids(event))
                        .param("functions", functions.toArray(String[]::new))
                        .param("since", Timestamp.from(received.minus(settings.remember())))
                        .param("until", Timestamp.from(received.plus(settings.skew())))
                        .query((row, number) -> new Candidate(
                                row.getBoolean("settled"),
                                new Event.Cause(row.getString("run_id"), row.getInt("depth") + 1)))
                        .list());
    }

    /** What the event is about; not what else it names, for a person's note on our contact is nobody's echo. */
    private static String[] ids(Event event) {
        return Stream.concat(
                        Stream.of(event.subject()),
                        event.data()
                                .valueStream()
                                .map(about -> about.path("id"))
                                .map(EchoDetector::text))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toArray(String[]::new);
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
