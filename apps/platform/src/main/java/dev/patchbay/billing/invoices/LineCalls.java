package dev.patchbay.billing.invoices;

import dev.patchbay.billing.invoices.InvoiceView.LineCall;
import dev.patchbay.billing.rating.CallUsage;
import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.billing.rating.RatedLine.CallShare;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the calls behind a line by rating its period again up to the line's own cutoffs. The shares of an adjustment are the
 * differences of two ratings.
 */
@Component
class LineCalls {

    private static final Comparator<Share> BY_START = Comparator.comparing((Share share) -> share.startedAt)
            .thenComparing(share -> share.key.subject())
            .thenComparing(share -> share.key.connection().value());

    private final PeriodRater rater;

    LineCalls(PeriodRater rater) {
        this.rater = rater;
    }

    private record Key(ConnectionId connection, String subject) {}

    private static final class Share {
        private final Key key;
        private final Instant startedAt;
        private final @Nullable String agent;
        private Money amount;

        Share(Key key, CallUsage call, Money nothing) {
            this.key = key;
            this.startedAt = call.startedAt();
            this.agent = call.agentId();
            this.amount = nothing;
        }
    }

    /** Returns the calls in the order of their starts; the calls of one line sum to its amount where it comes from calls. */
    List<LineCall> list(TenantId tenant, Subscription subscription, BillingPeriod period, InvoiceLine line) {
        var shares = new HashMap<Key, Share>();
        switch (line.kind()) {
            case USAGE, MINIMUM, MAXIMUM, CARRIED_OVER ->
                add(shares, tenant, subscription, period, line, line.upto(), 1);
            case ADJUSTMENT -> {
                add(shares, tenant, subscription, period, line, line.upto(), 1);
                add(shares, tenant, subscription, period, line, line.after(), -1);
            }
            case BASE, TRIAL, CREDIT -> {}
        }
        boolean isChange = line.kind() == LineKind.ADJUSTMENT;
        return shares.values().stream()
                .filter(share -> !isChange || share.amount.minorUnits() != 0)
                .sorted(BY_START)
                .map(share -> LineCall.of(share.key.subject(), share.startedAt, share.agent, share.amount))
                .toList();
    }

    private void add(
            Map<Key, Share> shares,
            TenantId tenant,
            Subscription subscription,
            BillingPeriod period,
            InvoiceLine line,
            long upto,
            int sign) {
        boolean isWholeCharge = line.kind() == LineKind.ADJUSTMENT || line.kind() == LineKind.CARRIED_OVER;
        rater.rateWithShares(tenant, subscription, period, upto).stream()
                .filter(rated -> rated.charge().equals(line.charge()) && (isWholeCharge || rated.kind() == line.kind()))
                .flatMap(rated -> rated.shares().stream())
                .forEach(share -> add(shares, share, sign));
    }

    private static void add(Map<Key, Share> shares, CallShare part, int sign) {
        var key = new Key(part.call().connection(), part.call().subject());
        Money nothing = new Money(part.amount().currency(), 0);
        Share share = shares.computeIfAbsent(key, any -> new Share(key, part.call(), nothing));
        share.amount = sign > 0 ? share.amount.plus(part.amount()) : share.amount.minus(part.amount());
    }
}
