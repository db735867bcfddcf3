package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerCallRuleTests {

    private static PerCallRule rule(int minimum, int increment, int freeBelow) {
        return new PerCallRule(
                BigDecimal.valueOf(minimum), BigDecimal.valueOf(increment), BigDecimal.valueOf(freeBelow));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4.9, 0", "5, 30", "30, 30", "30.1, 36", "36, 36", "36.5, 42"})
    void shortCallsAreFreeAndOthersRoundedUp(BigDecimal seconds, BigDecimal billed) {
        assertThat(rule(30, 6, 5).billableSeconds(seconds)).isEqualByComparingTo(billed);
    }

    @Test
    void withoutAnIncrementSecondsStayAsTheyAre() {
        assertThat(rule(0, 0, 0).billableSeconds(new BigDecimal("20.2"))).isEqualByComparingTo("20.2");
    }

    @Test
    void negativeSecondsAreRefused() {
        assertThatThrownBy(() -> rule(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(0, 0, 0).billableSeconds(BigDecimal.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
