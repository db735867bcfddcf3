package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.preview.PreviewResponse.AllocatedParts;
import dev.patchbay.billing.preview.PreviewResponse.ExactSum;
import dev.patchbay.billing.preview.PreviewResponse.ProratedAmount;
import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.billing.rating.Fraction;
import dev.patchbay.billing.rating.LineRounding;
import dev.patchbay.billing.rating.Proration;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sums, splits and prorates amounts. */
final class AmountPreview {

    private static final int MAX_ELEMENTS = 10_000;
    private static final int DATE_LENGTH = 10;

    private AmountPreview() {}

    private enum ProrateBy {
        DAY,
        SECOND
    }

    /** A local day or a moment. The zone converts a day to its first moment and a moment to its day. */
    private record When(Optional<LocalDate> date, Instant moment) {

        static When parse(String text, ZoneId zone) {
            if (text.length() == DATE_LENGTH) {
                LocalDate date = LocalDate.parse(text);
                return new When(Optional.of(date), BillingCycle.firstMomentOf(date, zone));
            }
            return new When(Optional.empty(), OffsetDateTime.parse(text).toInstant());
        }

        LocalDate dateIn(ZoneId zone) {
            return date.orElseGet(() -> moment.atZone(zone).toLocalDate());
        }
    }

    static Supplier<PreviewResponse> prorate(JsonInput input, Currency currency) {
        BigDecimal amount = input.requireDecimal("amount");
        ProrateBy by = input.choice("by", ProrateBy.class).orElse(ProrateBy.DAY);
        ZoneId zone = readZone(input);
        LineRounding rounding = input.choice("rounding", LineRounding.class).orElse(LineRounding.HALF_UP);
        When periodFrom = readWhen(input, "periodFrom", zone, Instant.EPOCH);
        When periodTo = readWhen(input, "periodTo", zone, Instant.MAX);
        When from = readWhen(input, "from", zone, periodFrom.moment());
        When to = readWhen(input, "to", zone, periodTo.moment());
        if (!periodFrom.moment().isBefore(periodTo.moment())) {
            input.reject("periodTo", "The period ends after it begins.");
        }
        if (from.moment().isBefore(periodFrom.moment()) || to.moment().isAfter(periodTo.moment())) {
            input.reject("from", "The part lies within the period.");
        }
        if (to.moment().isBefore(from.moment())) {
            input.reject("to", "The part does not end before it begins.");
        }
        return () -> {
            Fraction part = by == ProrateBy.DAY
                    ? Proration.byDay(
                            periodFrom.dateIn(zone), periodTo.dateIn(zone), from.dateIn(zone), to.dateIn(zone))
                    : Proration.bySecond(periodFrom.moment(), periodTo.moment(), from.moment(), to.moment());
            return new ProratedAmount(
                    Texts.of(part.numerator()),
                    Texts.of(part.denominator()),
                    Texts.of(rounding.round(part.of(Exact.of(amount)), currency)));
        };
    }

    static ZoneId readZone(JsonInput input) {
        return input.parsed("zone", ZoneId::of, "This is a time zone of the IANA database, such as Europe/Berlin.")
                .orElse(ZoneOffset.UTC);
    }

    private static When readWhen(JsonInput input, String member, ZoneId zone, Instant placeholder) {
        return input.requireParsed(
                member,
                text -> When.parse(text, zone),
                "This is a date (2026-11-01), or a moment with its offset (2026-11-01T00:00:00Z).",
                new When(Optional.empty(), placeholder));
    }

    static Supplier<PreviewResponse> allocate(JsonInput input, Currency currency) {
        Money amount = Money.round(Exact.of(readMoney(input, "amount", currency)), currency);
        List<BigDecimal> weights = input.amounts("weights", MAX_ELEMENTS);
        if (weights.stream().allMatch(weight -> weight.signum() == 0)) {
            input.reject("weights", "At least one weight is above 0.");
        }
        return () -> new AllocatedParts(Texts.of(amount.allocate(weights)));
    }

    /** Reads an amount of any sign that has no fraction of a minor unit. */
    static BigDecimal readMoney(JsonInput input, String member, Currency currency) {
        BigDecimal amount = input.requireDecimal(member);
        int digits = currency.getDefaultFractionDigits();
        if (amount.stripTrailingZeros().scale() > digits) {
            input.reject(member, currency + " has " + digits + " digits after the point.");
        }
        return amount;
    }

    static Supplier<PreviewResponse> sum(JsonInput input) {
        List<BigDecimal> amounts = input.decimals("amounts", MAX_ELEMENTS);
        return () -> new ExactSum(Texts.of(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
    }
}
