package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Opens periods one after the other. A period begins where the one before ends, and its end is computed in the zone that the
 * client has when it is opened, so a new zone applies from the next period.
 */
@Component
public class Periods {

    private final PeriodRepository repository;
    private final Clients clients;
    private final Tenancy tenancy;

    Periods(PeriodRepository repository, Clients clients, Tenancy tenancy) {
        this.repository = repository;
        this.clients = clients;
        this.tenancy = tenancy;
    }

    /** Returns the opened periods in order. */
    public List<BillingPeriod> list(TenantId tenant, Subscription subscription) {
        return tenancy.inTenant(tenant, () -> repository.list(tenant, subscription.id()));
    }

    /** Returns the period that comes after the given ones; empty when the subscription ends before it. */
    public Optional<BillingPeriod> findNext(TenantId tenant, Subscription subscription, List<BillingPeriod> opened) {
        int n = opened.size() + 1;
        LocalDate first =
                opened.isEmpty() ? subscription.startsOn() : opened.getLast().endsOn();
        if (!subscription.isInForceOn(first)) {
            return Optional.empty();
        }
        BillingCycle cycle = subscription.cycle();
        LocalDate whole = cycle.startOf(n);
        LocalDate last = subscription.endsOn();
        LocalDate end = last != null && last.isBefore(whole) ? last : whole;
        ZoneId zone = zoneOf(tenant, subscription);
        Instant startsAt = opened.isEmpty()
                ? BillingCycle.firstMomentOf(first, zone)
                : opened.getLast().endsAt();
        return Optional.of(new BillingPeriod(
                n,
                startsAt,
                BillingCycle.firstMomentOf(end, zone),
                first,
                end,
                cycle.wholeStartOf(n - 1),
                whole,
                zone));
    }

    /** Opens all periods that have begun, and returns the opened ones in order; the caller has locked the subscription. */
    public List<BillingPeriod> open(TenantId tenant, Subscription subscription, Instant now) {
        List<BillingPeriod> opened = repository.list(tenant, subscription.id());
        Optional<BillingPeriod> next = findNext(tenant, subscription, opened);
        while (next.isPresent() && !next.get().startsAt().isAfter(now)) {
            repository.insert(tenant, subscription.id(), next.get());
            opened = repository.list(tenant, subscription.id());
            next = findNext(tenant, subscription, opened);
        }
        return opened;
    }

    /** Shortens the newest period to the subscription's end, when it reaches beyond. */
    void shorten(TenantId tenant, Subscription subscription, LocalDate endsOn) {
        List<BillingPeriod> opened = repository.list(tenant, subscription.id());
        if (!opened.isEmpty() && opened.getLast().endsOn().isAfter(endsOn)) {
            BillingPeriod newest = opened.getLast();
            repository.shorten(
                    tenant, subscription.id(), newest.n(), endsOn, BillingCycle.firstMomentOf(endsOn, newest.zone()));
        }
    }

    ZoneId zoneOf(TenantId tenant, Subscription subscription) {
        return clients.find(TenantScope.of(tenant), subscription.client())
                .map(Client::zone)
                .orElseThrow();
    }
}
