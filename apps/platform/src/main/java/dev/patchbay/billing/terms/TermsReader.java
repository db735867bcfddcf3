package dev.patchbay.billing.terms;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.rating.Charge;
import dev.patchbay.billing.rating.InvoiceTotals.TaxRounding;
import dev.patchbay.billing.rating.LineRounding;
import dev.patchbay.billing.rating.Measure;
import dev.patchbay.billing.rating.Measure.Quantity;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.rating.PlanTerms.Base;
import dev.patchbay.billing.rating.PlanTerms.BaseTiming;
import dev.patchbay.billing.rating.PlanTerms.PlanCharge;
import dev.patchbay.billing.rating.PlanTerms.Prorate;
import dev.patchbay.billing.rating.PriceModel;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.Problem;
import dev.patchbay.usage.PerCallRule;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the terms of a plan. */
public final class TermsReader {

    private static final Currency PLACEHOLDER = Currency.getInstance("USD");
    private static final int MAX_CHARGES = 50;
    private static final int MAX_MONTHS = 36;
    private static final int MAX_DAY = 31;
    private static final int MAX_TRIAL_DAYS = 366;
    private static final int MAX_GRACE_DAYS = 60;
    private static final int MAX_LEG = 9;

    private TermsReader() {}

    /**
     * Reads a body that consists of terms.
     *
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for everything that makes no sense
     */
    public static PlanTerms read(JsonNode body) {
        return JsonInput.read(body, TermsReader::read);
    }

    private record Cycle(int months, Optional<Integer> anchorDay) {}

    /** Reads terms that are part of a larger body. */
    public static PlanTerms read(JsonInput input) {
        Currency currency = input.requireParsed(
                "currency",
                code -> Money.findCurrency(code).orElseThrow(),
                "This is the code of a currency (ISO 4217) in capitals, such as USD.",
                PLACEHOLDER);
        LineRounding rounding = input.choice("rounding", LineRounding.class).orElse(LineRounding.HALF_UP);
        Cycle cycle = input.object("cycle", TermsReader::readCycle).orElse(new Cycle(1, Optional.empty()));
        Optional<Base> base = input.object("base", it -> readBase(it, currency));
        List<PlanCharge> charges =
                input.objects("charges", MAX_CHARGES, charge -> readCharge(charge, currency, rounding));
        if (charges.isEmpty() && base.isEmpty()) {
            input.reject("charges", "A plan has a base, a charge, or both.");
        }
        var keys = new HashSet<String>();
        charges.stream()
                .filter(charge -> !keys.add(charge.key()))
                .forEach(charge ->
                        input.reject("charges", "Each key names one charge; " + charge.key() + " names two."));
        return new PlanTerms(
                currency,
                cycle.months(),
                cycle.anchorDay().orElse(null),
                base.orElse(null),
                charges,
                DiscountReader.read(input, currency),
                input.wholeNumber("trialDays", 0, MAX_TRIAL_DAYS).orElse(0),
                rounding,
                input.choice("taxRounding", TaxRounding.class).orElse(TaxRounding.LINE),
                input.wholeNumber("graceDays", 0, MAX_GRACE_DAYS).orElse(0),
                Money.of(PriceReader.money(input, "minimumInvoice", currency).orElse(BigDecimal.ZERO), currency));
    }

    private static Cycle readCycle(JsonInput cycle) {
        return new Cycle(
                cycle.wholeNumber("months", 1, MAX_MONTHS).orElse(1), cycle.wholeNumber("anchorDay", 1, MAX_DAY));
    }

    private static Base readBase(JsonInput base, Currency currency) {
        if (!base.has("amount")) {
            base.reject("amount", "This member is required.");
        }
        return new Base(
                Money.of(PriceReader.money(base, "amount", currency).orElse(BigDecimal.ZERO), currency),
                base.choice("when", BaseTiming.class).orElse(BaseTiming.ARREARS),
                base.choice("prorate", Prorate.class).orElse(Prorate.DAY));
    }

    private static PlanCharge readCharge(JsonInput input, Currency currency, LineRounding rounding) {
        String key = input.requireParsed(
                "key",
                TermsReader::requireKey,
                "A key has up to 40 small letters, digits, - and _, begins with a letter, and is not base or trial.",
                "");
        Charge charge = ChargeReader.read(input, currency, rounding);
        boolean percentage = charge.model() instanceof PriceModel.Percentage;
        Measure measure = input.object("metric", metric -> readMeasure(metric, percentage))
                .orElse(new Measure(percentage ? Quantity.COST : Quantity.SECONDS, null, null, null, Measure.NO_RULE));
        return new PlanCharge(key, measure, charge);
    }

    private static String requireKey(String text) {
        if (!text.matches("[a-z][a-z0-9_-]{0,39}") || text.equals("base") || text.equals("trial")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private record Filter(Optional<String> product, Optional<Integer> leg, Optional<String> agent) {}

    private static Measure readMeasure(JsonInput metric, boolean percentage) {
        Quantity of = metric.choice("of", Quantity.class).orElse(percentage ? Quantity.COST : Quantity.SECONDS);
        if (percentage != (of == Quantity.COST)) {
            metric.reject("of", "A percentage is of a cost, and no other price is.");
        }
        Filter filter = metric.object("where", TermsReader::readFilter)
                .orElse(new Filter(Optional.empty(), Optional.empty(), Optional.empty()));
        if (filter.product().isPresent() && of != Quantity.SECONDS && of != Quantity.COST) {
            metric.reject("where", "Seconds and costs have a product; " + JsonInput.wireName(of) + " have none.");
        }
        Optional<PerCallRule> rule = metric.object("perCall", PerCallRuleReader::read);
        if (rule.isPresent() && of != Quantity.SECONDS) {
            metric.reject("perCall", "A rule for each call is about its seconds.");
        }
        return new Measure(
                of,
                filter.product().orElse(null),
                filter.leg().orElse(null),
                filter.agent().orElse(null),
                rule.orElse(Measure.NO_RULE));
    }

    private static Filter readFilter(JsonInput where) {
        return new Filter(where.text("product"), where.wholeNumber("leg", 0, MAX_LEG), where.text("agent"));
    }
}
