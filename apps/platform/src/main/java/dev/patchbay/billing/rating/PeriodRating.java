package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.PlanTerms.PlanCharge;
import dev.patchbay.billing.rating.RatedLine.CallShare;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import dev.patchbay.usage.BillableRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rates a period as a pure function of terms, instants and records. A call belongs to the period in which it began. For a part
 * of a period, the base, minimums and allowances are reduced in proportion.
 */
public final class PeriodRating {

    /** The version of this arithmetic. Every rating states it, because another version may rate the same input differently. */
    public static final int ENGINE_VERSION = 1;

    public static final String BASE = "base";

    private PeriodRating() {}

    /**
     * Returns the lines of the window: first the base, then each charge in the order of the terms, and last the amounts that a
     * trial takes off.
     *
     * @param trialEndsAt the moment at which the trial ends; null when there is no trial
     * @throws UnpricedQuantity when a charge has no price for its quantity, or a percentage is of a cost in another currency
     */
    public static List<RatedLine> rate(
            PlanTerms terms, PeriodWindow window, @Nullable Instant trialEndsAt, Collection<BillableRecord> records) {
        return rate(terms, window, trialEndsAt, records, true);
    }

    /**
     * Returns the same lines without the shares of calls, which take most of the time. A period with a trial has them all the
     * same, because they decide what the trial takes off.
     *
     * @param trialEndsAt the moment at which the trial ends; null when there is no trial
     * @throws UnpricedQuantity as {@link #rate} does
     */
    public static List<RatedLine> rateWithoutShares(
            PlanTerms terms, PeriodWindow window, @Nullable Instant trialEndsAt, Collection<BillableRecord> records) {
        return rate(terms, window, trialEndsAt, records, trialEndsAt != null && trialEndsAt.isAfter(window.startsAt()));
    }

    private static List<RatedLine> rate(
            PlanTerms terms,
            PeriodWindow window,
            @Nullable Instant trialEndsAt,
            Collection<BillableRecord> records,
            boolean withShares) {
        List<CallUsage> calls = CallUsage.sum(records.stream()
                .filter(record -> window.contains(record.occurredAt()))
                .toList());
        var lines = new ArrayList<RatedLine>();
        Fraction part = window.fraction(terms.prorate());
        PlanTerms.Base base = terms.base();
        if (base != null) {
            lines.add(rateBase(base.amount(), part, terms));
        }
        terms.charges().forEach(charge -> lines.addAll(rateCharge(terms, charge, part, calls, withShares)));
        if (trialEndsAt != null && trialEndsAt.isAfter(window.startsAt())) {
            lines.addAll(offsetTrial(terms, window, trialEndsAt, lines));
        }
        return lines;
    }

    private static RatedLine rateBase(Money amount, Fraction part, PlanTerms terms) {
        Exact exact = part.of(Exact.of(amount.amount()));
        String rule = part.numerator().compareTo(part.denominator()) == 0
                ? amount.toString()
                : amount + " × " + part.numerator() + "/" + part.denominator();
        return new RatedLine(
                BASE,
                LineKind.BASE,
                rule,
                part.of(Exact.of(BigDecimal.ONE)),
                exact,
                terms.rounding().round(exact, terms.currency()),
                List.of());
    }

    private static List<RatedLine> rateCharge(
            PlanTerms terms, PlanCharge planned, Fraction part, List<CallUsage> calls, boolean withShares) {
        Charge charge = planned.charge().withIncluded(part.of(planned.charge().included()));
        var involved = new ArrayList<CallUsage>();
        var quantities = new ArrayList<BigDecimal>();
        BigDecimal sum = BigDecimal.ZERO;
        for (CallUsage call : calls) {
            BigDecimal quantity = planned.measure().measure(call, terms.currency());
            if (quantity.signum() != 0) {
                involved.add(call);
                quantities.add(quantity);
                sum = sum.add(quantity);
            }
        }
        var quantity = new MeteredQuantity(sum, involved.size());
        RatedCharge rated = ChargeRating.rate(charge, quantity, part, terms.currency());
        List<CallUsage> sharing = withShares ? involved : List.of();
        List<BigDecimal> weights = withShares ? CallShares.weigh(charge, quantities) : List.of();
        var lines = new ArrayList<RatedLine>();
        lines.add(new RatedLine(
                planned.key(),
                LineKind.USAGE,
                RuleText.describe(charge, quantity, rated),
                Exact.of(sum),
                rated.exact(),
                rated.amount(),
                share(rated.amount(), sharing, weights)));
        if (rated.trueUp().minorUnits() > 0) {
            lines.add(adjust(planned.key(), LineKind.MINIMUM, rated.trueUp(), sharing, weights));
        }
        if (rated.capReduction().minorUnits() > 0) {
            lines.add(
                    adjust(planned.key(), LineKind.MAXIMUM, rated.capReduction().negate(), sharing, weights));
        }
        return lines;
    }

    private static RatedLine adjust(
            String key, LineKind kind, Money amount, List<CallUsage> calls, List<BigDecimal> weights) {
        return new RatedLine(
                key,
                kind,
                amount.toString(),
                Exact.of(BigDecimal.ONE),
                Exact.of(amount.amount()),
                amount,
                share(amount, calls, weights));
    }

    private static List<CallShare> share(Money amount, List<CallUsage> calls, List<BigDecimal> weights) {
        List<Money> parts = CallShares.split(amount, weights);
        var shares = new ArrayList<CallShare>();
        for (int at = 0; at < calls.size(); at++) {
            shares.add(new CallShare(calls.get(at), parts.get(at)));
        }
        return shares;
    }

    /**
     * Takes off, from each charge, the shares of the calls that began during the trial. A line without calls is reduced by the
     * trial's part of the time.
     */
    private static List<RatedLine> offsetTrial(
            PlanTerms terms, PeriodWindow window, Instant trialEndsAt, List<RatedLine> lines) {
        Fraction trial = trialEndsAt.isBefore(window.endsAt())
                ? Proration.bySecond(window.startsAt(), window.endsAt(), window.startsAt(), trialEndsAt)
                : Fraction.WHOLE;
        var offsets = new LinkedHashMap<String, Money>();
        for (RatedLine line : lines) {
            Money part = line.shares().isEmpty()
                    ? terms.rounding().round(trial.of(Exact.of(line.amount().amount())), terms.currency())
                    : line.shares().stream()
                            .filter(share -> share.call().startedAt().isBefore(trialEndsAt))
                            .map(CallShare::amount)
                            .reduce(new Money(terms.currency(), 0), Money::plus);
            offsets.merge(line.charge(), part.negate(), Money::plus);
        }
        return offsets.entrySet().stream()
                .filter(offset -> offset.getValue().minorUnits() != 0)
                .map(offset -> new RatedLine(
                        offset.getKey(),
                        LineKind.TRIAL,
                        "trial until " + trialEndsAt,
                        Exact.of(BigDecimal.ONE),
                        Exact.of(offset.getValue().amount()),
                        offset.getValue(),
                        List.of()))
                .toList();
    }
}
