package dev.patchbay.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A rational number that is never rounded, stored as a decimal over a whole number. Amounts stay exact until an invoice line
 * rounds them once into {@link Money}. Two values are equal when they are the same number, however they were computed.
 */
public final class Exact implements Comparable<Exact> {

    public static final Exact ZERO = new Exact(BigDecimal.ZERO, BigInteger.ONE);

    private final BigDecimal numerator;
    /** Always positive. */
    private final BigInteger denominator;

    private Exact(BigDecimal numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** Returns the decimal as an exact number. */
    public static Exact of(BigDecimal decimal) {
        return new Exact(decimal, BigInteger.ONE);
    }

    /**
     * Parses a decimal ({@code 12.345}) or a fraction ({@code 1/3}).
     *
     * @throws NumberFormatException when the text is neither
     * @throws ArithmeticException when the denominator is zero
     */
    public static Exact parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? of(new BigDecimal(text.strip()))
                : of(new BigDecimal(text.substring(0, slash).strip()))
                        .dividedBy(new BigDecimal(text.substring(slash + 1).strip()));
    }

    public Exact plus(Exact other) {
        return denominator.equals(other.denominator)
                ? new Exact(numerator.add(other.numerator), denominator)
                : new Exact(
                        numerator.multiply(other.denominator()).add(other.numerator.multiply(denominator())),
                        denominator.multiply(other.denominator));
    }

    public Exact minus(Exact other) {
        return plus(other.negate());
    }

    public Exact negate() {
        return new Exact(numerator.negate(), denominator);
    }

    public Exact times(BigDecimal factor) {
        return new Exact(numerator.multiply(factor), denominator);
    }

    /**
     * Divides by the divisor.
     *
     * @throws ArithmeticException when the divisor is zero
     */
    public Exact dividedBy(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        BigDecimal positive = divisor.abs();
        // A divisor of 0.06 divides by 6 and multiplies by 100, so that the denominator stays whole.
        BigDecimal whole = positive.scale() > 0 ? positive.movePointRight(positive.scale()) : positive;
        BigDecimal scaled = positive.scale() > 0 ? numerator.movePointRight(positive.scale()) : numerator;
        return new Exact(
                divisor.signum() < 0 ? scaled.negate() : scaled, denominator.multiply(whole.toBigIntegerExact()));
    }

    /** Returns the nearest decimal with this number of digits after the point. This is the only division of the computation. */
    public BigDecimal round(int scale, RoundingMode mode) {
        return numerator.divide(denominator(), scale, mode);
    }

    public int signum() {
        return numerator.signum();
    }

    private BigDecimal denominator() {
        return new BigDecimal(denominator);
    }

    @Override
    public int compareTo(Exact other) {
        return numerator.multiply(other.denominator()).compareTo(other.numerator.multiply(denominator()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Exact exact && compareTo(exact) == 0;
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Returns a decimal when one exists, or else a fraction in lowest terms, for example {@code 0.25} or {@code 1/3}. */
    @Override
    public String toString() {
        BigInteger top = numerator.scale() > 0 ? numerator.unscaledValue() : numerator.toBigIntegerExact();
        BigInteger bottom = denominator.multiply(BigInteger.TEN.pow(Math.max(0, numerator.scale())));
        BigInteger common = top.gcd(bottom);
        BigInteger reduced = bottom.divide(common);
        if (!hasOnlyFactorsOfTen(reduced)) {
            return top.divide(common) + "/" + reduced;
        }
        BigDecimal decimal = new BigDecimal(top.divide(common)).divide(new BigDecimal(reduced));
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    private static boolean hasOnlyFactorsOfTen(BigInteger number) {
        BigInteger rest = number;
        for (BigInteger factor : new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(5)}) {
            while (rest.mod(factor).signum() == 0) {
                rest = rest.divide(factor);
            }
        }
        return rest.equals(BigInteger.ONE);
    }
}
