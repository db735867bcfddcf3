package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code usage_snapshot}: what providers stated, by revision; in the tenant's transaction. */
@Repository
class SnapshotRepository {

    private static final HexFormat HEX = HexFormat.of();

    private final JdbcClient jdbc;

    SnapshotRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last revision of a subject. */
    record Latest(int revision, Snapshot.Outcome outcome, Instant occurredAt, byte[] digest) {}

    Map<String, Latest> findLatest(TenantId tenant, ConnectionId connection, Collection<String> subjects) {
        var latest = new HashMap<String, Latest>();
        jdbc.sql("""
                        SELECT DISTINCT ON (subject) subject, revision, outcome, occurred_at, digest
                        FROM patchbay.usage_snapshot
                        WHERE tenant_id = :tenant AND connection_id = :connection AND subject = ANY (:subjects::text[])
                        ORDER BY subject, revision DESC""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("subjects", subjects.toArray(String[]::new))
                .query(row -> {
                    latest.put(
                            row.getString("subject"),
                            new Latest(
                                    row.getInt("revision"),
                                    Snapshot.Outcome.ofWireName(row.getString("outcome")),
                                    row.getTimestamp("occurred_at").toInstant(),
                                    row.getBytes("digest")));
                });
        return latest;
    }

    /** Subjects that began within that time, have not vanished, and are not among the listed ones. */
    List<String> findUnlisted(
            TenantId tenant, ConnectionId connection, Instant from, Instant to, Collection<String> listed, int limit) {
        return jdbc.sql("""
                        SELECT subject FROM (
                          SELECT DISTINCT ON (subject) subject, outcome FROM patchbay.usage_snapshot
                          WHERE tenant_id = :tenant AND connection_id = :connection
                            AND occurred_at >= :from::timestamptz AND occurred_at < :to::timestamptz
                            AND NOT EXISTS (SELECT FROM unnest(:listed::text[]) AS l WHERE l = subject)
                          ORDER BY subject, revision DESC) latest
                        WHERE outcome <> 'vanished' ORDER BY subject LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("from", from.toString())
                .param("to", to.toString())
                .param("listed", listed.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> row.getString("subject"))
                .list();
    }

    void insert(TenantId tenant, ConnectionId connection, List<Snapshot> snapshots, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.usage_snapshot
                          (tenant_id, connection_id, subject, revision, outcome, occurred_at, digest, statement, recorded_at)
                        SELECT :tenant, :connection, s.subject, s.revision::int, s.outcome, s.occurred_at::timestamptz,
                          decode(s.digest, 'hex'), s.statement::json, :now::timestamptz
                        FROM unnest(:subjects::text[], :revisions::text[], :outcomes::text[], :times::text[],
                          :digests::text[], :statements::text[])
                          AS s(subject, revision, outcome, occurred_at, digest, statement)""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("now", now.toString())
                .param("subjects", column(snapshots, Snapshot::subject))
                .param("revisions", column(snapshots, it -> Integer.toString(it.revision())))
                .param("outcomes", column(snapshots, it -> it.outcome().wireName()))
                .param("times", column(snapshots, it -> it.occurredAt().toString()))
                .param("digests", column(snapshots, it -> HEX.formatHex(it.digest())))
                .param("statements", column(snapshots, Snapshot::statement))
                .update();
    }

    private static String[] column(List<Snapshot> snapshots, Function<Snapshot, String> value) {
        return snapshots.stream().map(value).toArray(String[]::new);
    }
}
