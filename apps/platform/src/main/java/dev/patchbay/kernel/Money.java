package dev.patchbay.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An amount of money in whole minor units of its currency: cents of USD, yen of JPY, fils of KWD (ISO 4217). Amounts with
 * fractions of a minor unit are {@link Exact} until they are rounded once, half away from zero, so that a charge and its credit
 * cancel.
 */
public record Money(Currency currency, long minorUnits) {

    /**
     * Checks the currency.
     *
     * @throws IllegalArgumentException when the currency has no minor units, such as gold (XAU) and "no currency" (XXX)
     */
    public Money {
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is no currency that amounts can be stated in");
        }
    }

    /** Returns the currency of an ISO 4217 code in capitals; empty for any other text and for codes without minor units. */
    public static Optional<Currency> findCurrency(String code) {
        try {
            return Optional.of(Currency.getInstance(code)).filter(it -> it.getDefaultFractionDigits() >= 0);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Converts an amount in major units.
     *
     * @throws ArithmeticException when the amount has a fraction of a minor unit or does not fit
     */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(
                currency,
                amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact());
    }

    /** Rounds to whole minor units, half away from zero. */
    public static Money round(Exact amount, Currency currency) {
        return of(amount.round(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }

    /** Returns the amount in major units, with the currency's digits: {@code 12.30}. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
    }

    /**
     * Adds the other amount.
     *
     * @throws IllegalArgumentException when the currencies differ
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("amounts in " + currency + " and " + other.currency + " have no sum");
        }
        return new Money(currency, Math.addExact(minorUnits, other.minorUnits));
    }

    /**
     * Subtracts the other amount.
     *
     * @throws IllegalArgumentException when the currencies differ
     */
    public Money minus(Money other) {
        return plus(other.negate());
    }

    public Money negate() {
        return new Money(currency, Math.negateExact(minorUnits));
    }

    /**
     * Splits the amount by weights into parts that sum to it. Each part is rounded towards zero, and the minor units that are
     * left over go to the largest remainders; of equal remainders the earlier part gets the unit.
     *
     * @throws IllegalArgumentException when a weight is negative, or when all are zero and the amount is not
     */
    public List<Money> allocate(List<BigDecimal> weights) {
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (weights.stream().anyMatch(weight -> weight.signum() < 0) || (total.signum() == 0 && minorUnits != 0)) {
            throw new IllegalArgumentException("weights are not negative, and their sum is positive");
        }
        if (total.signum() == 0) {
            return Collections.nCopies(weights.size(), this);
        }
        // The weights are scaled to whole numbers in the same proportions, so that quotients and remainders are exact.
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        BigInteger whole = total.movePointRight(scale).toBigIntegerExact();
        BigInteger amount = BigInteger.valueOf(minorUnits).abs();
        var parts = new ArrayList<BigInteger>();
        var remainders = new ArrayList<BigInteger>();
        BigInteger rest = amount;
        for (BigDecimal weight : weights) {
            BigInteger[] share = amount.multiply(weight.movePointRight(scale).toBigIntegerExact())
                    .divideAndRemainder(whole);
            parts.add(share[0]);
            remainders.add(share[1]);
            rest = rest.subtract(share[0]);
        }
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> remainders.get(index))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(rest.longValueExact())
                .forEach(index -> parts.set(index, parts.get(index).add(BigInteger.ONE)));
        return parts.stream()
                .map(part -> new Money(currency, minorUnits < 0 ? -part.longValueExact() : part.longValueExact()))
                .toList();
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency.getCurrencyCode();
    }
}
