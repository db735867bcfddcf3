package dev.patchbay.ingress.internal.poll;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What vendors hold against what we hold, by connection and day (UTC), and each difference by name. */
@Component
public class Reconciliation {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Reconciliation(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /**
     * @param connectionId whose webhooks tell these facts
     * @param day in UTC, of when they happened
     * @param known a webhook had told them
     * @param repaired no webhook had; polling stored them
     * @param onlyHere a webhook told them, and the vendor does not know them
     * @param missing the vendor has them, and we could not store them
     * @param lastPolledAt until when each stream of it was read to its end at least; null when one never was
     */
    public record Day(
            String provider,
            String connectionId,
            LocalDate day,
            long known,
            long repaired,
            long onlyHere,
            long missing,
            @Nullable Instant lastPolledAt) {}

    /** @param eventId null while it is missing */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            String kind,
            String provider,
            String connectionId,
            String subject,
            LocalDate day,
            @Nullable String eventId,
            String key) {}

    /**
     * The latest days first.
     *
     * @param from the first day, and {@code to} the last, both included
     * @param after the {@code next} of the page before
     */
    public Page<Day> days(
            TenantId tenant,
            Optional<String> provider,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            int limit,
            Optional<String> after) {
        var rows = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT f.provider, f.connection_id, f.day,
                          count(*) FILTER (WHERE f.kind = 'known') AS known,
                          count(*) FILTER (WHERE f.kind = 'repaired') AS repaired,
                          count(*) FILTER (WHERE f.kind = 'only_here') AS only_here,
                          count(*) FILTER (WHERE f.kind = 'missing') AS missing,
                          (SELECT CASE WHEN bool_and(c.polled_at IS NOT NULL) THEN min(c.polled_at) END
                           FROM patchbay.poll_cursor c
                           WHERE c.tenant_id = :tenant AND c.facts_of = f.connection_id) AS polled_at
                        FROM patchbay.poll_fact f
                        WHERE f.tenant_id = :tenant
                          AND (:provider::text IS NULL OR f.provider = :provider)
                          AND (:from::date IS NULL OR f.day >= :from::date)
                          AND (:to::date IS NULL OR f.day <= :to::date)
                          AND (:after::text IS NULL OR f.day || '/' || f.connection_id < :after)
                        GROUP BY f.provider, f.connection_id, f.day
                        ORDER BY f.day DESC, f.connection_id DESC LIMIT :limit""")
                        .param("tenant", tenant.value())
                        .param("provider", provider.orElse(null))
                        .param("from", from.orElse(null))
                        .param("to", to.orElse(null))
                        .param("after", after.orElse(null))
                        .param("limit", limit + 1)
                        .query((row, number) -> new Day(
                                row.getString("provider"),
                                row.getString("connection_id"),
                                row.getObject("day", LocalDate.class),
                                row.getLong("known"),
                                row.getLong("repaired"),
                                row.getLong("only_here"),
                                row.getLong("missing"),
                                Optional.ofNullable(row.getObject("polled_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)
                                        .orElse(null)))
                        .list());
        return Page.of(rows, limit, day -> day.day() + "/" + day.connectionId());
    }

    /** Each fact that was not simply known; of one kind ({@code repaired}, {@code missing}, {@code only_here}) when asked. */
    public Page<Difference> differences(TenantId tenant, Optional<String> kind, int limit, Optional<String> after) {
        var rows = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT kind, provider, connection_id, subject, day, event_id, key FROM patchbay.poll_fact
                        WHERE tenant_id = :tenant AND kind <> 'known'
                          AND (:kind::text IS NULL OR kind = :kind)
                          AND (:after::text IS NULL OR connection_id || '/' || key > :after)
                        ORDER BY connection_id || '/' || key LIMIT :limit""")
                        .param("tenant", tenant.value())
                        .param("kind", kind.orElse(null))
                        .param("after", after.orElse(null))
                        .param("limit", limit + 1)
                        .query((row, number) -> new Difference(
                                row.getString("kind"),
                                row.getString("provider"),
                                row.getString("connection_id"),
                                row.getString("subject"),
                                row.getObject("day", LocalDate.class),
                                row.getString("event_id"),
                                row.getString("key")))
                        .list());
        return Page.of(rows, limit, it -> it.connectionId() + "/" + it.key());
    }
}
