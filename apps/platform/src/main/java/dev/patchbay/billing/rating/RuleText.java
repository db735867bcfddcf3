package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.RatedCharge.RatedTier;
import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the computation of an amount as a person would: {@code 74400 − 30000 included, per 60 = 740; 500 × 0.14 + 240 × 0.11}.
 */
final class RuleText {

    private RuleText() {}

    static String describe(Charge charge, MeteredQuantity quantity, RatedCharge rated) {
        String price = switch (charge.model()) {
            case PriceModel.Percentage percentage -> describePercentage(percentage, quantity);
            case PriceModel.UnitPrice unit ->
                describeUnits(charge, quantity, rated) + "; " + rated.units() + " × " + plain(unit.unit());
            case PriceModel.Graduated graduated ->
                describeUnits(charge, quantity, rated) + describeTiers(graduated.tiers(), rated.tiers());
            case PriceModel.Volume volume ->
                describeUnits(charge, quantity, rated) + describeTiers(volume.tiers(), rated.tiers());
        };
        return charge.discountPercent().signum() == 0
                ? price
                : price + "; less " + plain(charge.discountPercent()) + " %";
    }

    private static String describePercentage(PriceModel.Percentage percentage, MeteredQuantity cost) {
        String part = plain(percentage.percent()) + " % of " + plain(cost.amount());
        return percentage.fixed().signum() == 0
                ? part
                : part + " + " + cost.count() + " × " + plain(percentage.fixed());
    }

    private static String describeUnits(Charge charge, MeteredQuantity quantity, RatedCharge rated) {
        var text = new StringBuilder(plain(quantity.amount()));
        if (charge.included().signum() > 0) {
            text.append(" − ").append(charge.included()).append(" included");
        }
        if (charge.per().compareTo(BigDecimal.ONE) != 0) {
            text.append(", per ").append(plain(charge.per()));
        }
        return text.append(" = ").append(rated.units()).toString();
    }

    private static String describeTiers(List<Tier> tiers, List<RatedTier> parts) {
        return parts.isEmpty()
                ? ""
                : parts.stream()
                        .map(part -> describeTier(tiers.get(part.tier() - 1), part.units()))
                        .collect(Collectors.joining(" + ", "; ", ""));
    }

    private static String describeTier(Tier tier, Exact units) {
        String price = units + " × " + plain(tier.unit());
        return tier.flat().signum() == 0 ? price : price + " + " + plain(tier.flat());
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
