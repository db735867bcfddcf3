package dev.patchbay.billing.terms;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.rating.Charge;
import dev.patchbay.billing.rating.LineRounding;
import dev.patchbay.billing.rating.PriceModel;
import dev.patchbay.billing.rating.Tier;
import dev.patchbay.billing.rating.UnitRounding;
import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Reads a charge, and refuses prices that make no sense. */
public final class ChargeReader {

    private static final int MAX_PERCENT = 100_000;
    private static final int MAX_DISCOUNT = 100;
    private static final int MAX_TIERS = 100;

    private final JsonInput input;
    private final Currency currency;
    private final boolean open;

    private ChargeReader(JsonInput input, Currency currency, boolean open) {
        this.input = input;
        this.currency = currency;
        this.open = open;
    }

    private enum Model {
        UNIT,
        GRADUATED,
        VOLUME,
        PERCENTAGE
    }

    /**
     * Reads a charge of a plan, which prices every quantity.
     *
     * @param rounding the rounding that applies when the charge states none
     */
    public static Charge read(JsonInput input, Currency currency, LineRounding rounding) {
        return new ChargeReader(input, currency, true).read(rounding);
    }

    /** Reads a charge for one known quantity, so its last tier may have a bound. */
    public static Charge readForQuantity(JsonInput input, Currency currency) {
        return new ChargeReader(input, currency, false).read(LineRounding.HALF_UP);
    }

    private Charge read(LineRounding rounding) {
        Optional<Model> model = input.choice("model", Model.class);
        if (model.isEmpty() && !input.has("model")) {
            input.reject("model", "This member is required.");
        }
        PriceModel price = switch (model.orElse(Model.UNIT)) {
            case UNIT -> new PriceModel.UnitPrice(model.isPresent() ? requireUnitPrice() : BigDecimal.ZERO);
            case GRADUATED -> new PriceModel.Graduated(readTiers(), input.flag("flatAtZero"));
            case VOLUME -> new PriceModel.Volume(readTiers(), input.flag("flatAtZero"));
            case PERCENTAGE ->
                new PriceModel.Percentage(
                        requirePercent(), PriceReader.price(input, "fixed").orElse(BigDecimal.ZERO));
        };
        boolean priced = model.filter(Model.PERCENTAGE::equals).isEmpty();
        BigDecimal included = priced ? input.amount("included").orElse(BigDecimal.ZERO) : BigDecimal.ZERO;
        BigDecimal per = priced ? readPer() : BigDecimal.ONE;
        UnitRounding round =
                priced ? input.choice("round", UnitRounding.class).orElse(UnitRounding.NONE) : UnitRounding.NONE;
        BigDecimal discount = PriceReader.percent(input, "discountPercent", MAX_DISCOUNT);
        Optional<BigDecimal> minimum = PriceReader.money(input, "minimum", currency);
        Optional<BigDecimal> maximum = PriceReader.money(input, "maximum", currency);
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            input.reject("minimum", "The minimum is not above the maximum.");
        }
        return new Charge(
                price,
                Exact.of(included),
                per,
                round,
                discount,
                minimum.orElse(null),
                maximum.orElse(null),
                input.choice("rounding", LineRounding.class).orElse(rounding));
    }

    private BigDecimal requirePercent() {
        if (!input.has("percent")) {
            input.reject("percent", "This member is required.");
        }
        return PriceReader.percent(input, "percent", MAX_PERCENT);
    }

    private BigDecimal readPer() {
        BigDecimal per = input.amount("per").orElse(BigDecimal.ONE);
        if (per.signum() == 0) {
            input.reject("per", "A price is per a quantity above 0.");
            return BigDecimal.ONE;
        }
        return per;
    }

    private List<Tier> readTiers() {
        List<Tier> tiers = input.objects("tiers", MAX_TIERS, ChargeReader::readTier);
        if (tiers.isEmpty()) {
            input.reject("tiers", "A price by tiers has at least one tier.");
            return List.of(new Tier(null, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        BigDecimal lower = BigDecimal.ZERO;
        for (int at = 0; at < tiers.size(); at++) {
            BigDecimal bound = tiers.get(at).upTo();
            boolean last = at == tiers.size() - 1;
            if (bound == null ? !last : bound.compareTo(lower) <= 0) {
                input.reject(
                        "tiers",
                        bound == null
                                ? "Only the last tier has no bound; tier " + (at + 1) + " is not the last."
                                : "Each tier ends above the one before: tier " + (at + 1) + " ends at " + bound
                                        + ", and starts at " + lower + ".");
                return tiers;
            }
            lower = bound == null ? lower : bound;
        }
        if (open && tiers.getLast().upTo() != null) {
            input.reject(
                    "tiers", "The last tier has no bound (upTo null); else units above " + lower + " have no price.");
        }
        return tiers;
    }

    private static Tier readTier(JsonInput tier) {
        Optional<BigDecimal> unit = PriceReader.price(tier, "unit");
        Optional<BigDecimal> flat = PriceReader.price(tier, "flat");
        if (!tier.has("unit") && !tier.has("flat")) {
            tier.reject("", "A tier has a price a unit, a flat fee, or both; a free tier says unit 0.");
        }
        return new Tier(tier.amount("upTo").orElse(null), unit.orElse(BigDecimal.ZERO), flat.orElse(BigDecimal.ZERO));
    }

    private BigDecimal requireUnitPrice() {
        if (!input.has("unit")) {
            input.reject("unit", "This member is required.");
        }
        return PriceReader.price(input, "unit").orElse(BigDecimal.ZERO);
    }
}
