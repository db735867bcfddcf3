package dev.patchbay.ingress.polling;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares the facts at providers with our events: counts by connection and day (UTC), and every difference. */
@Component
public class Reconciliation {

    private final Tenancy tenancy;
    private final ReconciliationRepository repository;

    Reconciliation(Tenancy tenancy, ReconciliationRepository repository) {
        this.tenancy = tenancy;
        this.repository = repository;
    }

    /**
     * The facts of one connection on one day, counted by {@link FactKind}.
     *
     * @param connectionId the connection whose webhooks report these facts
     * @param day in UTC, of when they happened
     * @param lastPolledAt until when every stream was read to its end; null when one never was
     */
    public record Day(
            String provider,
            ConnectionId connectionId,
            LocalDate day,
            long matched,
            long repaired,
            long onlyHere,
            long missing,
            @Nullable Instant lastPolledAt) {}

    /**
     * A fact whose kind is not {@code matched}.
     *
     * @param eventId null while it is missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            FactKind kind,
            String provider,
            ConnectionId connectionId,
            String subject,
            LocalDate day,
            @Nullable EventId eventId,
            String key) {}

    /**
     * The counts, latest days first.
     *
     * @param from the first day, and {@code to} the last, both included
     * @param after the {@code next} of the page before
     */
    public Page<Day> listDays(
            TenantId tenant,
            Optional<String> provider,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            int limit,
            Optional<String> after) {
        var rows = tenancy.inTenant(tenant, () -> repository.listDays(tenant, provider, from, to, limit + 1, after));
        return Page.of(rows, limit, day -> day.day() + "/" + day.connectionId());
    }

    /**
     * The differences, by connection and key.
     *
     * @param kind the wire name of one kind; empty for all
     * @param after the {@code next} of the page before
     */
    public Page<Difference> listDifferences(TenantId tenant, Optional<String> kind, int limit, Optional<String> after) {
        var rows = tenancy.inTenant(tenant, () -> repository.listDifferences(tenant, kind, limit + 1, after));
        return Page.of(rows, limit, difference -> difference.connectionId() + "/" + difference.key());
    }
}
