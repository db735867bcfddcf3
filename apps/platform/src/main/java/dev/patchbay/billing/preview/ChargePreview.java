package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.preview.PreviewResponse.ChargePrice;
import dev.patchbay.billing.preview.PreviewResponse.RatedAgain;
import dev.patchbay.billing.preview.PreviewResponse.TierPrice;
import dev.patchbay.billing.rating.Charge;
import dev.patchbay.billing.rating.ChargeRating;
import dev.patchbay.billing.rating.Fraction;
import dev.patchbay.billing.rating.LineRounding;
import dev.patchbay.billing.rating.MeteredQuantity;
import dev.patchbay.billing.rating.PriceModel;
import dev.patchbay.billing.rating.RatedCharge;
import dev.patchbay.billing.rating.UnitRounding;
import dev.patchbay.billing.terms.ChargeReader;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prices a charge for one quantity, or rates it again for two quantities. */
final class ChargePreview {

    private static final int MAX_COUNT = 1_000_000_000;
    private static final Charge NO_CHARGE = new Charge(
            new PriceModel.UnitPrice(BigDecimal.ZERO),
            Exact.ZERO,
            BigDecimal.ONE,
            UnitRounding.NONE,
            BigDecimal.ZERO,
            null,
            null,
            LineRounding.HALF_UP);

    private ChargePreview() {}

    static Supplier<PreviewResponse> price(JsonInput input, Currency currency) {
        Charge charge = readCharge(input, currency);
        MeteredQuantity quantity = readQuantity(input, charge, "quantity");
        Fraction ofPeriod = readFraction(input);
        return () -> describe(charge, ChargeRating.rate(charge, quantity, ofPeriod, currency));
    }

    static Supplier<PreviewResponse> rerate(JsonInput input, Currency currency) {
        Charge charge = readCharge(input, currency);
        MeteredQuantity before = readQuantities(input, charge, "billed");
        MeteredQuantity after = readQuantities(input, charge, "now");
        Fraction ofPeriod = readFraction(input);
        return () -> {
            Money billed = ChargeRating.rate(charge, before, ofPeriod, currency).total();
            Money now = ChargeRating.rate(charge, after, ofPeriod, currency).total();
            return new RatedAgain(Texts.of(billed), Texts.of(now), Texts.of(now.minus(billed)));
        };
    }

    private static Charge readCharge(JsonInput input, Currency currency) {
        return input.object("charge", charge -> ChargeReader.readForQuantity(charge, currency))
                .orElse(NO_CHARGE);
    }

    private static boolean isPercentage(Charge charge) {
        return charge.model() instanceof PriceModel.Percentage;
    }

    private static MeteredQuantity readQuantity(JsonInput input, Charge charge, String member) {
        return isPercentage(charge)
                ? new MeteredQuantity(input.requireDecimal("cost"), readCount(input))
                : new MeteredQuantity(input.requireAmount(member), 0);
    }

    /** Reads a quantity; for a percentage, it reads an object with the cost and the count. */
    private static MeteredQuantity readQuantities(JsonInput input, Charge charge, String member) {
        return isPercentage(charge)
                ? input.object(member, cost -> readQuantity(cost, charge, member))
                        .orElse(new MeteredQuantity(BigDecimal.ZERO, 0))
                : readQuantity(input, charge, member);
    }

    private static long readCount(JsonInput input) {
        return input.wholeNumber("count", 0, MAX_COUNT).orElse(0);
    }

    /** Reads a decimal or a fraction, for example {@code 0.5} or {@code 10/31}. */
    private static Fraction readFraction(JsonInput input) {
        Optional<Fraction> fraction = input.parsed(
                "periodFraction",
                ChargePreview::parseFraction,
                "This is a part of the period as a decimal or a fraction in a text, such as 10/31.");
        return fraction.orElse(Fraction.WHOLE);
    }

    private static Fraction parseFraction(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,18})?(/[0-9]{1,9})?")) {
            throw new NumberFormatException(text);
        }
        int slash = text.indexOf('/');
        return slash < 0
                ? new Fraction(new BigDecimal(text), BigDecimal.ONE)
                : new Fraction(new BigDecimal(text.substring(0, slash)), new BigDecimal(text.substring(slash + 1)));
    }

    private static ChargePrice describe(Charge charge, RatedCharge rated) {
        boolean tiered = charge.model() instanceof PriceModel.Graduated || charge.model() instanceof PriceModel.Volume;
        return new ChargePrice(
                rated.exact().toString(),
                Texts.of(rated.amount()),
                textUnlessZero(rated.trueUp()),
                textUnlessZero(rated.capReduction()),
                Texts.of(rated.total()),
                tiered ? describeTiers(rated) : null);
    }

    private static List<TierPrice> describeTiers(RatedCharge rated) {
        return rated.tiers().stream()
                .map(tier -> new TierPrice(
                        tier.tier(), tier.units().toString(), tier.amount().toString()))
                .toList();
    }

    private static @Nullable String textUnlessZero(Money amount) {
        return amount.minorUnits() == 0 ? null : Texts.of(amount);
    }
}
