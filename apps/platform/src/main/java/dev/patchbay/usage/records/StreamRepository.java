package dev.patchbay.usage.records;

import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code usage_stream}: the sequence of each client; in the tenant's transaction. */
@Repository
class StreamRepository {

    private final JdbcClient jdbc;

    StreamRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the streams of these clients until the transaction ends, in sorted order, and returns their sequences. */
    SequencedMap<String, Long> lock(TenantId tenant, Collection<String> clients) {
        String[] sorted = new TreeSet<>(clients).toArray(String[]::new);
        jdbc.sql("""
                        INSERT INTO patchbay.usage_stream (tenant_id, client_id)
                        SELECT :tenant, c FROM unnest(:clients::text[]) AS c ORDER BY c COLLATE "C" ON CONFLICT DO NOTHING""").param("tenant", tenant.value()).param("clients", sorted).update();
        var sequences = new LinkedHashMap<String, Long>();
        jdbc.sql("""
                        SELECT client_id, seq FROM patchbay.usage_stream
                        WHERE tenant_id = :tenant AND client_id = ANY (:clients::text[])
                        ORDER BY client_id COLLATE "C" FOR UPDATE""").param("tenant", tenant.value()).param("clients", sorted).query(row -> {
            sequences.put(row.getString("client_id"), row.getLong("seq"));
        });
        return sequences;
    }

    /** Increases the sequences of these locked streams by one. */
    void advance(TenantId tenant, Collection<String> clients) {
        jdbc.sql("""
                        UPDATE patchbay.usage_stream SET seq = seq + 1
                        WHERE tenant_id = :tenant AND client_id = ANY (:clients::text[])""")
                .param("tenant", tenant.value())
                .param("clients", clients.toArray(String[]::new))
                .update();
    }

    /** The sequences of all streams, without a lock: every record up to them can be seen. */
    Map<String, Long> list(TenantId tenant) {
        var sequences = new LinkedHashMap<String, Long>();
        jdbc.sql("SELECT client_id, seq FROM patchbay.usage_stream WHERE tenant_id = :tenant ORDER BY client_id")
                .param("tenant", tenant.value())
                .query(row -> {
                    sequences.put(row.getString("client_id"), row.getLong("seq"));
                });
        return sequences;
    }
}
