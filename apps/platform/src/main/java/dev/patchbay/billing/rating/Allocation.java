package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits an amount by weights that may be negative, because lines and costs that correct earlier ones are negative. */
public final class Allocation {

    private Allocation() {}

    /**
     * Splits the amount into parts that sum to it. Minor units that are left over go to the largest remainders; of equal
     * remainders the earlier part gets the unit. Weights that sum to zero are replaced by equal weights.
     */
    public static List<Money> allocate(Money amount, List<BigDecimal> weights) {
        if (amount.minorUnits() < 0) {
            return allocate(amount.negate(), weights).stream()
                    .map(Money::negate)
                    .toList();
        }
        if (weights.isEmpty() || amount.minorUnits() == 0) {
            return Collections.nCopies(weights.size(), new Money(amount.currency(), 0));
        }
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        List<BigInteger> whole = weights.stream()
                .map(weight -> weight.movePointRight(scale).toBigIntegerExact())
                .toList();
        BigInteger total = whole.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() == 0) {
            return allocate(amount, Collections.nCopies(weights.size(), BigDecimal.ONE));
        }
        return total.signum() > 0
                ? divide(amount, whole, total)
                : divide(amount, whole.stream().map(BigInteger::negate).toList(), total.negate());
    }

    private static List<Money> divide(Money amount, List<BigInteger> weights, BigInteger total) {
        var parts = new ArrayList<Long>();
        var remainders = new ArrayList<BigInteger>();
        long rest = amount.minorUnits();
        for (BigInteger weight : weights) {
            BigInteger share = BigInteger.valueOf(amount.minorUnits()).multiply(weight);
            BigInteger remainder = share.mod(total);
            long part = share.subtract(remainder).divide(total).longValueExact();
            parts.add(part);
            remainders.add(remainder);
            rest -= part;
        }
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> remainders.get(index))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(rest)
                .forEach(index -> parts.set(index, parts.get(index) + 1));
        return parts.stream().map(part -> new Money(amount.currency(), part)).toList();
    }
}
