package dev.patchbay.ingress.polling;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code poll_fact}: facts at providers compared with our events; in the tenant's transaction. */
@Repository
class PollFactRepository {

    private static final int MAX_UNCONFIRMED = 100;

    private final JdbcClient jdbc;

    PollFactRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A fact that the provider listed.
     *
     * @param event empty when it could not be stored
     */
    record PolledFact(String key, String subject, Instant time, Optional<EventId> event) {}

    /**
     * Counts each fact once: as matched when a webhook had reported it, as repaired when a poll stored it, even if the process
     * died before it saved that. A fact that was missing or only here is judged again.
     */
    void save(WebhookEndpoint endpoint, String provider, Collection<PolledFact> facts) {
        jdbc.sql("""
                        INSERT INTO patchbay.poll_fact AS kept
                          (tenant_id, connection_id, key, subject, provider, day, event_id, kind)
                        SELECT :tenant, :connection, s.key, s.subject, :provider, s.day, nullif(s.event_id, ''),
                          CASE WHEN s.event_id = '' THEN 'missing' WHEN e.origin = 'poll' THEN 'repaired' ELSE 'matched' END
                        FROM unnest(:keys::text[], :subjects::text[], :days::text[]::date[], :events::text[])
                          AS s(key, subject, day, event_id)
                        LEFT JOIN patchbay.event e ON e.tenant_id = :tenant AND e.event_id = s.event_id
                        ON CONFLICT (tenant_id, connection_id, key) DO UPDATE
                        SET kind = excluded.kind, event_id = excluded.event_id
                        WHERE kept.kind IN ('missing', 'only_here')""")
                .param("tenant", endpoint.tenant().value())
                .param("connection", endpoint.connectionId().value())
                .param("provider", provider)
                .param("keys", column(facts, PolledFact::key))
                .param("subjects", column(facts, PolledFact::subject))
                .param(
                        "days",
                        column(
                                facts,
                                fact -> LocalDate.ofInstant(fact.time(), ZoneOffset.UTC)
                                        .toString()))
                .param(
                        "events",
                        column(facts, fact -> fact.event().map(EventId::value).orElse("")))
                .update();
    }

    private static String[] column(Collection<PolledFact> facts, Function<PolledFact, String> value) {
        return facts.stream().map(value).toArray(String[]::new);
    }

    /** Subjects that webhooks reported since then and that no stream has listed, at most {@value #MAX_UNCONFIRMED}. */
    List<String> findUnconfirmed(WebhookEndpoint endpoint, Set<String> types, Instant since) {
        return jdbc.sql("""
                        SELECT DISTINCT e.subject FROM patchbay.event e
                        WHERE e.tenant_id = :tenant AND e.event_id >= :first AND e.connection_id = :connection
                          AND e.type = ANY (:types::text[]) AND e.origin = 'webhook'
                          AND NOT EXISTS (
                            SELECT FROM patchbay.poll_fact f
                            WHERE f.tenant_id = :tenant AND f.connection_id = :connection AND f.subject = e.subject)
                        ORDER BY e.subject LIMIT :limit""")
                .param("tenant", endpoint.tenant().value())
                .param("first", Ids.lowestAt("evt", since))
                .param("connection", endpoint.connectionId().value())
                .param("types", types.toArray(String[]::new))
                .param("limit", MAX_UNCONFIRMED)
                .query((row, number) -> row.getString("subject"))
                .list();
    }

    /**
     * Records that the provider knows the facts about this subject, or that they are only here.
     *
     * @return the number of facts
     */
    int recordConfirmation(
            WebhookEndpoint endpoint, String provider, String subject, Set<String> types, boolean exists) {
        return jdbc.sql("""
                        INSERT INTO patchbay.poll_fact
                          (tenant_id, connection_id, key, subject, provider, day, event_id, kind)
                        SELECT e.tenant_id, e.connection_id, d.key, e.subject, :provider,
                          (e.time AT TIME ZONE 'UTC')::date, e.event_id, :kind
                        FROM patchbay.event e
                        JOIN patchbay.ingress_dedup d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant AND e.connection_id = :connection AND e.subject = :subject
                          AND e.type = ANY (:types::text[])
                        ON CONFLICT DO NOTHING""")
                .param("tenant", endpoint.tenant().value())
                .param("connection", endpoint.connectionId().value())
                .param("provider", provider)
                .param("subject", subject)
                .param("types", types.toArray(String[]::new))
                .param("kind", (exists ? FactKind.MATCHED : FactKind.ONLY_HERE).wireName())
                .update();
    }

    /** Deletes the facts of that connection whose day is before this one. */
    void deleteBefore(WebhookEndpoint endpoint, Instant before) {
        jdbc.sql("""
                        DELETE FROM patchbay.poll_fact
                        WHERE tenant_id = :tenant AND connection_id = :connection AND day < :before""")
                .param("tenant", endpoint.tenant().value())
                .param("connection", endpoint.connectionId().value())
                .param("before", LocalDate.ofInstant(before, ZoneOffset.UTC))
                .update();
    }
}
