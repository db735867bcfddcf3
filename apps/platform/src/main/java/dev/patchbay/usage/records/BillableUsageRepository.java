package dev.patchbay.usage.records;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.BillableRecord;
import dev.patchbay.usage.BillableUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads records for billing, in the order of their position in the client's stream. */
@Repository
class BillableUsageRepository implements BillableUsage {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    BillableUsageRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    @Override
    public long sequenceOf(TenantId tenant, ClientId client) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT coalesce(max(seq), 0) FROM patchbay.usage_stream
                        WHERE tenant_id = :tenant AND client_id = :client""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .query(Long.class)
                        .single());
    }

    @Override
    public List<BillableRecord> list(TenantId tenant, ClientId client, Instant from, Instant to, long upto) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT seq, n, connection_id, subject, product, leg, metric, quantity, cost, currency, agent_id,
                          agent_version, occurred_at, local_day, reverses_seq IS NOT NULL AS reversal
                        FROM patchbay.usage_record
                        WHERE tenant_id = :tenant AND client_id = :client AND seq <= :upto
                          AND occurred_at >= :from::timestamptz AND occurred_at < :to::timestamptz
                        ORDER BY seq, n""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("upto", upto)
                        .param("from", from.toString())
                        .param("to", to.toString())
                        .query((row, number) -> new BillableRecord(
                                row.getLong("seq"),
                                row.getInt("n"),
                                new ConnectionId(row.getString("connection_id")),
                                row.getString("subject"),
                                row.getString("product"),
                                row.getInt("leg"),
                                row.getString("metric"),
                                row.getBigDecimal("quantity"),
                                row.getBigDecimal("cost"),
                                row.getString("currency"),
                                row.getString("agent_id"),
                                row.getString("agent_version"),
                                row.getTimestamp("occurred_at").toInstant(),
                                row.getObject("local_day", LocalDate.class),
                                row.getBoolean("reversal")))
                        .list());
    }

    @Override
    public boolean hasRecords(TenantId tenant, ClientId client, Instant from, Instant to, long after, long upto) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT EXISTS (SELECT FROM patchbay.usage_record
                          WHERE tenant_id = :tenant AND client_id = :client AND seq > :after AND seq <= :upto
                            AND occurred_at >= :from::timestamptz AND occurred_at < :to::timestamptz)""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("after", after)
                        .param("upto", upto)
                        .param("from", from.toString())
                        .param("to", to.toString())
                        .query(Boolean.class)
                        .single());
    }

    @Override
    public List<CostCurrency> listCostCurrencies(TenantId tenant, ClientId client, Instant since) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT DISTINCT product, currency FROM patchbay.usage_record
                        WHERE tenant_id = :tenant AND client_id = :client AND cost <> 0
                          AND occurred_at >= :since::timestamptz
                          AND local_day >= (:since::timestamptz - interval '1 day')::date
                        ORDER BY product, currency""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("since", since.toString())
                        .query((row, number) -> new CostCurrency(row.getString("product"), row.getString("currency")))
                        .list());
    }
}
