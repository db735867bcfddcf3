package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTests {

    private static final Currency USD = Currency.getInstance("USD");

    private static Money usd(String amount) {
        return Money.of(new BigDecimal(amount), USD);
    }

    @ParameterizedTest
    @CsvSource({
        "0.005, USD, 0.01",
        "-0.005, USD, -0.01",
        "0.0049999, USD, 0.00",
        "1/3, USD, 0.33",
        "0.5, JPY, 1",
        "0.0005, KWD, 0.001"
    })
    void amountsAreRoundedHalfAwayFromZero(String exact, String currency, String rounded) {
        assertThat(Money.round(Exact.parse(exact), Currency.getInstance(currency))
                        .amount())
                .isEqualTo(new BigDecimal(rounded));
    }

    @Test
    void currenciesAreThoseOfIso4217WithMinorUnits() {
        assertThat(Money.findCurrency("EUR")).isPresent();
        assertThat(Stream.of("usd", "XAU", "XXX", "", "US", "QQQ").map(Money::findCurrency))
                .allMatch(it -> it.isEmpty());
        assertThatThrownBy(() -> new Money(Currency.getInstance("XAU"), 1)).hasMessageContaining("XAU");
        assertThat(usd("12.3")).hasToString("12.30 USD");
        assertThatThrownBy(() -> usd("0.001")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void sumsKeepTheirCurrency() {
        assertThat(usd("1.25").plus(usd("0.75")).minus(usd("3")).negate()).isEqualTo(usd("1"));
        assertThatThrownBy(() -> usd("1").plus(new Money(Currency.getInstance("EUR"), 1)))
                .hasMessageContaining("USD and EUR");
        assertThatThrownBy(() -> new Money(USD, Long.MAX_VALUE).plus(usd("0.01")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void partsAlwaysSumToTheWhole() {
        var random = new SplittableRandom(42);
        for (int round = 0; round < 500; round++) {
            var amount = new Money(USD, random.nextLong(-100_000, 100_000));
            List<BigDecimal> weights = random.longs(1 + random.nextInt(20), 0, 1000)
                    .mapToObj(weight -> BigDecimal.valueOf(weight + 1, random.nextInt(4)))
                    .toList();
            assertThat(amount.allocate(weights).stream().reduce(new Money(USD, 0), Money::plus))
                    .isEqualTo(amount);
        }
        assertThatThrownBy(() -> usd("1").allocate(List.of(BigDecimal.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> usd("1").allocate(List.of(BigDecimal.ONE, BigDecimal.valueOf(-1), BigDecimal.TEN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exactNumbersAreNotRounded() {
        Exact third = Exact.of(BigDecimal.ONE).dividedBy(BigDecimal.valueOf(3));
        assertThat(third.plus(third).plus(third)).isEqualTo(Exact.of(new BigDecimal("1.00")));
        assertThat(third.plus(third).plus(third)).hasSameHashCodeAs(Exact.of(BigDecimal.ONE));
        assertThat(third)
                .hasToString("1/3")
                .isNotEqualTo(Exact.parse("0.3333333333"))
                .isNotEqualTo("1/3");
        assertThat(Exact.parse("1.5/-0.06")).hasToString("-25").isLessThan(Exact.ZERO);
        assertThat(Exact.parse("7.50").times(BigDecimal.valueOf(60)).minus(Exact.parse("0.25")))
                .hasToString("449.75");
        assertThat(Exact.parse("0/7")).hasToString("0");
        assertThat(Exact.parse("1e3/4")).hasToString("250");
        assertThat(third.round(4, RoundingMode.HALF_UP)).isEqualTo(new BigDecimal("0.3333"));
        assertThat(third.negate().signum()).isEqualTo(-1);
        assertThat(third.plus(Exact.parse("1/6"))).hasToString("0.5");
        assertThatThrownBy(() -> Exact.parse("1/0")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Exact.parse("one")).isInstanceOf(NumberFormatException.class);
    }
}
