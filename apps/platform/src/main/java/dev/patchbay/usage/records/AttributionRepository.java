package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code usage_attribution}: whose usage a source's is, from a moment on; in the tenant's transaction. */
@Repository
class AttributionRepository {

    private final JdbcClient jdbc;

    AttributionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The clients of these sources by the moment from which each holds; sources that were never mapped are missing. */
    Map<Source, NavigableMap<Instant, String>> find(
            TenantId tenant, ConnectionId connection, Collection<Source> sources) {
        var found = new HashMap<Source, NavigableMap<Instant, String>>();
        jdbc.sql("""
                        SELECT kind, external_id, starts_at, client_id FROM patchbay.usage_attribution
                        WHERE tenant_id = :tenant AND connection_id = :connection AND external_id = ANY (:ids::text[])""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param(
                        "ids",
                        sources.stream().map(Source::externalId).distinct().toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(
                                    new Source(row.getString("kind"), row.getString("external_id")),
                                    source -> new TreeMap<>())
                            .put(row.getTimestamp("starts_at").toInstant(), row.getString("client_id"));
                });
        return found;
    }

    List<DatedAttribution> list(TenantId tenant) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.usage_attribution WHERE tenant_id = :tenant
                        ORDER BY connection_id, kind, external_id, starts_at""")
                .param("tenant", tenant.value())
                .query((row, number) -> {
                    String client = row.getString("client_id");
                    return new DatedAttribution(
                            new ConnectionId(row.getString("connection_id")),
                            row.getString("kind"),
                            row.getString("external_id"),
                            row.getTimestamp("starts_at").toInstant(),
                            client.isEmpty() ? null : client);
                })
                .list();
    }

    /** @param client empty text ends the mapping */
    void save(TenantId tenant, ConnectionId connection, Source source, Instant from, String client) {
        jdbc.sql("""
                        INSERT INTO patchbay.usage_attribution
                          (tenant_id, connection_id, kind, external_id, starts_at, client_id)
                        VALUES (:tenant, :connection, :kind, :external, :from::timestamptz, :client)
                        ON CONFLICT (tenant_id, connection_id, kind, external_id, starts_at)
                        DO UPDATE SET client_id = excluded.client_id""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("kind", source.kind())
                .param("external", source.externalId())
                .param("from", from.toString())
                .param("client", client)
                .update();
    }
}
