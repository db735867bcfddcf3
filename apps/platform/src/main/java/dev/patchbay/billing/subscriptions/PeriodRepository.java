package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code billing_period} within the tenant's transaction. */
@Repository
class PeriodRepository {

    private final JdbcClient jdbc;

    PeriodRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the opened periods in order. */
    List<BillingPeriod> list(TenantId tenant, SubscriptionId subscription) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.billing_period
                        WHERE tenant_id = :tenant AND subscription_id = :subscription ORDER BY n""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .query((row, number) -> read(row))
                .list();
    }

    void insert(TenantId tenant, SubscriptionId subscription, BillingPeriod period) {
        jdbc.sql("""
                        INSERT INTO patchbay.billing_period (tenant_id, subscription_id, n, starts_at, ends_at, starts_on,
                          ends_on, whole_from, whole_to, zone, follows)
                        VALUES (:tenant, :subscription, :n, :startsAt, :endsAt, :startsOn, :endsOn, :wholeFrom, :wholeTo,
                          :zone, CASE WHEN :n > 1 THEN :startsAt::timestamptz END)""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .param("n", period.n())
                .param("startsAt", period.startsAt().atOffset(ZoneOffset.UTC))
                .param("endsAt", period.endsAt().atOffset(ZoneOffset.UTC))
                .param("startsOn", period.startsOn())
                .param("endsOn", period.endsOn())
                .param("wholeFrom", period.wholeFrom())
                .param("wholeTo", period.wholeTo())
                .param("zone", period.zone().getId())
                .update();
    }

    /** Moves the end of the period to an earlier day. */
    void shorten(TenantId tenant, SubscriptionId subscription, int n, LocalDate endsOn, Instant endsAt) {
        jdbc.sql("""
                        UPDATE patchbay.billing_period SET ends_on = :endsOn, ends_at = :endsAt
                        WHERE tenant_id = :tenant AND subscription_id = :subscription AND n = :n""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .param("n", n)
                .param("endsOn", endsOn)
                .param("endsAt", endsAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static BillingPeriod read(ResultSet row) throws SQLException {
        return new BillingPeriod(
                row.getInt("n"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                row.getObject("whole_from", LocalDate.class),
                row.getObject("whole_to", LocalDate.class),
                ZoneId.of(row.getString("zone")));
    }
}
