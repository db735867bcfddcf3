package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code subscription} within the tenant's transaction. */
@Repository
class SubscriptionRepository {

    private final JdbcClient jdbc;

    SubscriptionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the subscriptions within the scope by id, after the given one. */
    List<Subscription> list(TenantScope scope, @Nullable String client, String after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.subscription
                        WHERE tenant_id = :tenant AND subscription_id > :after
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped::text[]))
                          AND (:client::text IS NULL OR client_id = :client)
                        ORDER BY subscription_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", client)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    Optional<Subscription> find(TenantScope scope, SubscriptionId subscription) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.subscription
                        WHERE tenant_id = :tenant AND subscription_id = :subscription
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped::text[]))""")
                .param("tenant", scope.tenant().value())
                .param("subscription", subscription.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Locks the subscription until the transaction ends. Finalizing and voiding wait for each other. */
    Optional<Subscription> lock(TenantId tenant, SubscriptionId subscription) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.subscription
                        WHERE tenant_id = :tenant AND subscription_id = :subscription FOR NO KEY UPDATE""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .query((row, number) -> read(row))
                .optional();
    }

    void insert(TenantId tenant, Subscription subscription, Instant dueAt) {
        jdbc.sql("""
                        INSERT INTO patchbay.subscription (tenant_id, subscription_id, client_id, plan_id, version, terms,
                          digest, currency, anchor_day, tax_percent, starts_on, created_by, created_at, due_at)
                        VALUES (:tenant, :subscription, :client, :plan, :version, :terms::json, :digest, :currency, :anchor,
                          :tax, :startsOn, :actor, :now, :due)""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .param("client", subscription.client().value())
                .param("plan", subscription.plan().value())
                .param("version", subscription.version())
                .param("terms", Json.write(subscription.terms()))
                .param("digest", subscription.termsDigest())
                .param("currency", subscription.terms().path("currency").asString())
                .param("anchor", subscription.anchorDay())
                .param("tax", subscription.taxPercent())
                .param("startsOn", subscription.startsOn())
                .param("actor", subscription.createdBy())
                .param("now", subscription.createdAt().atOffset(ZoneOffset.UTC))
                .param("due", dueAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    void end(TenantId tenant, SubscriptionId subscription, LocalDate endsOn, String actor, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.subscription SET ends_on = :endsOn, ended_by = :actor, ended_at = :now, due_at = :now
                        WHERE tenant_id = :tenant AND subscription_id = :subscription""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .param("endsOn", endsOn)
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Sets the time of the next look, and why the last one failed. */
    void schedule(TenantId tenant, SubscriptionId subscription, @Nullable Instant dueAt, @Nullable String failure) {
        jdbc.sql("""
                        UPDATE patchbay.subscription SET due_at = :due, failure = :failure
                        WHERE tenant_id = :tenant AND subscription_id = :subscription""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .param("due", dueAt == null ? null : dueAt.atOffset(ZoneOffset.UTC))
                .param("failure", failure)
                .update();
    }

    /** Returns the subscriptions of all tenants whose time has come; call it without a tenant. */
    List<Subscriptions.Due> listDue(Instant now, int limit) {
        return jdbc.sql("SELECT * FROM patchbay.due_subscriptions(:now, :limit)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new Subscriptions.Due(
                        new TenantId(row.getString("tenant_id")), new SubscriptionId(row.getString("subscription_id"))))
                .list();
    }

    private static Subscription read(ResultSet row) throws SQLException {
        return new Subscription(
                new SubscriptionId(row.getString("subscription_id")),
                new ClientId(row.getString("client_id")),
                new PlanId(row.getString("plan_id")),
                row.getInt("version"),
                Json.read(row.getString("terms")),
                row.getInt("anchor_day"),
                row.getBigDecimal("tax_percent"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("ended_by"),
                row.getString("failure"));
    }
}
