package dev.patchbay.billing;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes usage records of a client as the usage context does: batch by batch under the stream's lock, corrections by reversal. */
public final class UsageRecordsFixture {

    private final TenantId tenant;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    public UsageRecordsFixture(ApplicationContext application, TenantId tenant) {
        this.tenant = tenant;
        this.tenancy = application.getBean(Tenancy.class);
        this.jdbc = application.getBean(JdbcClient.class);
    }

    /** Records a call with its talk time and the cost of one product. */
    public void call(ClientId client, String subject, Instant at, int seconds, String cost) {
        call(client, subject, at, seconds, cost, "USD");
    }

    public void call(ClientId client, String subject, Instant at, int seconds, String cost, String currency) {
        tenancy.inTenant(tenant, () -> {
            long seq = advance(client);
            insert(client, seq, subject, at, seconds, cost, currency, "stated");
        });
    }

    /** Takes back the call's records and states it again, under one sequence number. */
    public void correct(ClientId client, String subject, Instant at, int seconds, String cost) {
        tenancy.inTenant(tenant, () -> {
            long seq = advance(client);
            reverse(client, seq, subject, "corrected");
            insert(client, seq, subject, at, seconds, cost, "USD", "corrected");
        });
    }

    /** Takes back the call's records, as when its agent is mapped to another client. */
    public void remove(ClientId client, String subject) {
        tenancy.inTenant(tenant, () -> reverse(client, advance(client), subject, "attributed"));
    }

    private long advance(ClientId client) {
        jdbc.sql(
                        "INSERT INTO patchbay.usage_stream (tenant_id, client_id) VALUES (:tenant, :client) ON CONFLICT DO NOTHING")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .update();
        return jdbc.sql("""
                        UPDATE patchbay.usage_stream SET seq = seq + 1
                        WHERE tenant_id = :tenant AND client_id = :client RETURNING seq""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .query(Long.class)
                .single();
    }

    private void insert(
            ClientId client,
            long seq,
            String subject,
            Instant at,
            int seconds,
            String cost,
            String currency,
            String reason) {
        insert(client, seq, 1, subject, at, "call", "talk_seconds", seconds, BigDecimal.ZERO, currency, reason);
        insert(client, seq, 2, subject, at, "voice", "seconds", seconds, new BigDecimal(cost), currency, reason);
    }

    private void insert(
            ClientId client,
            long seq,
            int n,
            String subject,
            Instant at,
            String product,
            String metric,
            int seconds,
            BigDecimal cost,
            String currency,
            String reason) {
        jdbc.sql("""
                        INSERT INTO patchbay.usage_record (tenant_id, client_id, seq, n, connection_id, subject, revision, product,
                          leg, metric, quantity, cost, currency, source_kind, source_id, agent_id, agent_version, occurred_at,
                          local_day, reason)
                        VALUES (:tenant, :client, :seq, :n, 'con_billing', :subject, 1, :product, 0, :metric, :seconds, :cost,
                          :currency, 'agent', 'agent_1', 'agent_1', CASE WHEN :n = 1 THEN '1' END, :at, :day, :reason)""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("seq", seq)
                .param("n", n)
                .param("subject", subject)
                .param("product", product)
                .param("metric", metric)
                .param("seconds", seconds)
                .param("cost", cost)
                .param("currency", currency)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("day", at.atZone(ZoneOffset.UTC).toLocalDate())
                .param("reason", reason)
                .update();
    }

    private void reverse(ClientId client, long seq, String subject, String reason) {
        jdbc.sql("""
                        INSERT INTO patchbay.usage_record (tenant_id, client_id, seq, n, connection_id, subject, revision, product,
                          leg, metric, quantity, cost, currency, source_kind, source_id, agent_id, agent_version, occurred_at,
                          local_day, reason, reverses_seq, reverses_n)
                        SELECT tenant_id, client_id, :seq, 100 + row_number() OVER (ORDER BY r.seq, r.n), connection_id, subject,
                          revision, product, leg, metric, -quantity, -cost, currency, source_kind, source_id, agent_id,
                          agent_version, occurred_at, local_day, :reason, r.seq, r.n
                        FROM patchbay.usage_record r
                        WHERE tenant_id = :tenant AND client_id = :client AND subject = :subject AND reverses_seq IS NULL
                          AND NOT EXISTS (SELECT FROM patchbay.usage_record v WHERE v.tenant_id = r.tenant_id
                            AND v.client_id = r.client_id AND v.reverses_seq = r.seq AND v.reverses_n = r.n)""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("seq", seq)
                .param("subject", subject)
                .param("reason", reason)
                .update();
    }
}
