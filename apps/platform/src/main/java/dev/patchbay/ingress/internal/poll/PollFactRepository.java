package dev.patchbay.ingress.internal.poll;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code poll_fact}: what vendors hold, compared with what we hold; in the tenant's transaction. */
@Repository
class PollFactRepository {

    private static final int MOST_DOUBTED = 100;

    private final JdbcClient jdbc;

    PollFactRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param eventId empty text when we could not store it */
    record Seen(String key, String subject, Instant time, String eventId) {}

    /**
     * A fact counts once: as known when a webhook had told it, as repaired when polling stored it, also when a process
     * died before it could write that down. One that was missing, or only here, is judged anew.
     */
    void keep(WebhookEndpoint address, String provider, Collection<Seen> seen) {
        jdbc.sql("""
                        INSERT INTO patchbay.poll_fact AS kept
                          (tenant_id, connection_id, key, subject, provider, day, event_id, kind)
                        SELECT :tenant, :connection, s.key, s.subject, :provider, s.day, nullif(s.event_id, ''),
                          CASE WHEN s.event_id = '' THEN 'missing' WHEN e.origin = 'poll' THEN 'repaired' ELSE 'known' END
                        FROM unnest(:keys::text[], :subjects::text[], :days::text[]::date[], :events::text[])
                          AS s(key, subject, day, event_id)
                        LEFT JOIN patchbay.event e ON e.tenant_id = :tenant AND e.event_id = s.event_id
                        ON CONFLICT (tenant_id, connection_id, key) DO UPDATE
                        SET kind = excluded.kind, event_id = excluded.event_id
                        WHERE kept.kind IN ('missing', 'only_here')""")
                .param("tenant", address.tenant().value())
                .param("connection", address.connectionId().value())
                .param("provider", provider)
                .param("keys", column(seen, Seen::key))
                .param("subjects", column(seen, Seen::subject))
                .param(
                        "days",
                        column(
                                seen,
                                fact -> LocalDate.ofInstant(fact.time(), ZoneOffset.UTC)
                                        .toString()))
                .param("events", column(seen, Seen::eventId))
                .update();
    }

    private static String[] column(Collection<Seen> seen, Function<Seen, String> value) {
        return seen.stream().map(value).toArray(String[]::new);
    }

    /** Subjects that webhooks told us of since then, and that no list has shown; some, when there are many. */
    List<String> doubted(WebhookEndpoint address, Set<String> types, Instant since) {
        return jdbc.sql("""
                        SELECT DISTINCT e.subject FROM patchbay.event e
                        WHERE e.tenant_id = :tenant AND e.event_id >= :first AND e.connection_id = :connection
                          AND e.type = ANY (:types::text[]) AND e.origin = 'webhook'
                          AND NOT EXISTS (
                            SELECT FROM patchbay.poll_fact f
                            WHERE f.tenant_id = :tenant AND f.connection_id = :connection AND f.subject = e.subject)
                        ORDER BY e.subject LIMIT :most""")
                .param("tenant", address.tenant().value())
                .param("first", Ids.next("evt", since))
                .param("connection", address.connectionId().value())
                .param("types", types.toArray(String[]::new))
                .param("most", MOST_DOUBTED)
                .query((row, number) -> row.getString("subject"))
                .list();
    }

    /**
     * What we hold of this subject is known to the vendor, or only here.
     *
     * @return how many facts that is
     */
    int judge(WebhookEndpoint address, String provider, String subject, Set<String> types, boolean known) {
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
                .param("tenant", address.tenant().value())
                .param("connection", address.connectionId().value())
                .param("provider", provider)
                .param("subject", subject)
                .param("types", types.toArray(String[]::new))
                .param("kind", known ? "known" : "only_here")
                .update();
    }

    /** Figures of that connection's days before this one go. */
    void forget(WebhookEndpoint address, Instant before) {
        jdbc.sql("""
                        DELETE FROM patchbay.poll_fact
                        WHERE tenant_id = :tenant AND connection_id = :connection AND day < :before""")
                .param("tenant", address.tenant().value())
                .param("connection", address.connectionId().value())
                .param("before", LocalDate.ofInstant(before, ZoneOffset.UTC))
                .update();
    }
}
