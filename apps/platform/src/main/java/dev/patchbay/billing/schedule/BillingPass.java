package dev.patchbay.billing.schedule;

import dev.patchbay.billing.invoices.InvoiceFinalization;
import dev.patchbay.billing.invoices.InvoiceFinalization.Look;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.billing.subscriptions.Subscriptions.Due;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at the subscriptions whose time has come. Each invoice is a transaction of its own, and a subscription stays due
 * until there is nothing more to do, so a pass that is killed goes on where it stopped.
 */
@Component
class BillingPass {

    private static final Logger LOG = LoggerFactory.getLogger(BillingPass.class);
    private static final String ACTOR = "system";
    private static final int MAX_SUBSCRIPTIONS = 200;
    private static final int MAX_FAILURE = 1000;

    private final Subscriptions subscriptions;
    private final InvoiceFinalization finalization;
    private final BillingSettings settings;
    private final Tenancy tenancy;
    private final Clock clock;

    BillingPass(
            Subscriptions subscriptions,
            InvoiceFinalization finalization,
            BillingSettings settings,
            Tenancy tenancy,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.finalization = finalization;
        this.settings = settings;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    List<Due> listDue() {
        return subscriptions.listDue(MAX_SUBSCRIPTIONS);
    }

    /** Issues everything that is due for the subscription, and stores when to look again. */
    void run(Due due) {
        try {
            Look look = advance(due);
            while (look instanceof Look.Advanced) {
                look = advance(due);
            }
        } catch (RuntimeException failure) {
            LOG.warn(
                    "subscription {}: its invoice was not issued; trying again in {}",
                    due.subscription(),
                    settings.retryDelay(),
                    failure);
            String reason = String.valueOf(failure.getMessage());
            subscriptions.schedule(
                    due.tenant(),
                    due.subscription(),
                    Optional.of(clock.instant().plus(settings.retryDelay())),
                    reason.substring(0, Math.min(reason.length(), MAX_FAILURE)));
        }
    }

    /** Looks once; the time of the next look is stored under the same lock, so that it never undoes another change of it. */
    private Look advance(Due due) {
        return tenancy.inTenant(due.tenant(), () -> {
            Look look = finalization.advance(due.tenant(), due.subscription(), ACTOR, settings.recheckInterval());
            schedule(due, look);
            return look;
        });
    }

    private void schedule(Due due, Look look) {
        switch (look) {
            case Look.Idle idle -> subscriptions.schedule(due.tenant(), due.subscription(), idle.dueAt(), null);
            case Look.WaitsForReissue waiting ->
                subscriptions.schedule(
                        due.tenant(),
                        due.subscription(),
                        Optional.of(clock.instant().plus(settings.retryDelay())),
                        "The invoice of period " + waiting.n()
                                + " is void; finalize the period again, so that later periods can be invoiced.");
            case Look.Advanced _ -> {}
        }
    }
}
