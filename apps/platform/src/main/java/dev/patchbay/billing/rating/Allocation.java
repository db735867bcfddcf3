package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits an amount in proportion to amounts of which some may be negative, as lines that correct earlier ones are. */
final class Allocation {

    private Allocation() {}

    /**
     * The parts sum to the amount; minor units left over go to the largest remainders, of equal ones to the earlier part.
     *
     * @param weights with a positive sum, unless the amount is zero
     */
    static List<Money> allocate(Money amount, List<Money> weights) {
        if (amount.minorUnits() == 0) {
            return weights.stream().map(weight -> amount).toList();
        }
        BigInteger total =
                BigInteger.valueOf(weights.stream().mapToLong(Money::minorUnits).reduce(0, Math::addExact));
        var parts = new ArrayList<Long>();
        var remainders = new ArrayList<BigInteger>();
        long rest = amount.minorUnits();
        for (Money weight : weights) {
            BigInteger share =
                    BigInteger.valueOf(amount.minorUnits()).multiply(BigInteger.valueOf(weight.minorUnits()));
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
