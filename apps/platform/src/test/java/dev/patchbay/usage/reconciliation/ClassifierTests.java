package dev.patchbay.usage.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTests {

    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant WITHIN = Instant.parse("2026-10-10T00:00:00Z");
    private static final Classifier CLASSIFIER = new Classifier(START, END, Map.of("voice", false, "surcharge", true));

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static DifferenceClass classify(
            String product, int leg, @Nullable String ours, @Nullable String theirs, int talkSeconds) {
        return CLASSIFIER.classify(new Comparison(
                "call_1",
                product,
                leg,
                number(ours),
                number(ours),
                number(theirs),
                BigDecimal.valueOf(77),
                1,
                WITHIN,
                WITHIN,
                BigDecimal.valueOf(talkSeconds),
                true));
    }

    private static DifferenceClass classify(@Nullable Instant theirStart, @Nullable Instant ourStart, boolean listed) {
        return CLASSIFIER.classify(new Comparison(
                "call_1",
                "voice",
                0,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.TWO,
                1,
                theirStart,
                ourStart,
                BigDecimal.TEN,
                listed));
    }

    private static DifferenceClass ofLines(int lines, @Nullable String ourCost, @Nullable String theirCost) {
        return CLASSIFIER.classify(new Comparison(
                "call_1",
                "voice",
                0,
                BigDecimal.valueOf(60),
                number(ourCost),
                BigDecimal.valueOf(60),
                number(theirCost),
                lines,
                WITHIN,
                WITHIN,
                BigDecimal.valueOf(60),
                true));
    }

    @Test
    void aLineWithoutACallIsNamedByItsProduct() {
        var line = new Comparison(
                Comparison.WITHOUT_CALL + "1",
                "Phone number",
                0,
                null,
                null,
                BigDecimal.ONE,
                BigDecimal.TWO,
                1,
                null,
                null,
                BigDecimal.ZERO,
                true);
        assertThat(CLASSIFIER.classify(line)).isEqualTo(DifferenceClass.NUMBERS);
    }

    @Test
    void thePeriodHasItsFirstMomentAndNotItsLast() {
        assertThat(classify(START.minusNanos(1), WITHIN, true)).isEqualTo(DifferenceClass.OTHER_PERIOD);
        assertThat(classify(START, START, true)).isEqualTo(DifferenceClass.OTHER_PRICE);
        assertThat(classify(END, WITHIN, true)).isEqualTo(DifferenceClass.OTHER_PERIOD);
        assertThat(classify(null, END, true)).isEqualTo(DifferenceClass.OTHER_PERIOD);
        assertThat(classify(END.minusNanos(1), null, true)).isEqualTo(DifferenceClass.UNKNOWN_CALL);
        assertThat(classify(null, WITHIN, false)).isEqualTo(DifferenceClass.ONLY_OURS);
    }

    @Test
    void repeatedLinesAreDuplicatesWhenTheyCostAMultipleOfOurs() {
        assertThat(ofLines(2, "1.5", "3.00")).isEqualTo(DifferenceClass.DUPLICATE);
        assertThat(ofLines(2, "1.5", "2")).isEqualTo(DifferenceClass.OTHER_PRICE);
        assertThat(ofLines(2, null, "2")).isEqualTo(DifferenceClass.OTHER_PRICE);
        assertThat(ofLines(2, "1.5", null)).isEqualTo(DifferenceClass.OTHER_PRICE);
        assertThat(ofLines(1, "1.5", "1.6")).isEqualTo(DifferenceClass.OTHER_PRICE);
    }

    @ParameterizedTest
    @CsvSource({
        "new, 0, , 20, 20, UNKNOWN_PRODUCT",
        "new, 0, 20, 20, 20, OTHER_PRICE",
        "voice, 0, , 20, 20, OTHER_QUANTITY",
        "voice, 0, 20, , 20, OTHER_QUANTITY",
        "voice, 0, 4, 10, 4, MINIMUM",
        "voice, 0, 10, 4, 4, MINIMUM",
        "voice, 0, 10, 10, 4, OTHER_PRICE",
        "voice, 0, 4, 11, 4, OTHER_QUANTITY",
        "voice, 0, 4, 10, 10, OTHER_QUANTITY",
        "voice, 1, 4, 10, 4, TRANSFER_LEG",
        "surcharge, 0, 20, 30, 20, TOKEN_SURCHARGE",
        "surcharge, 0, 9, 10, 4, TOKEN_SURCHARGE"
    })
    void theFirstClassThatFitsIsTaken(
            String product,
            int leg,
            @Nullable String ours,
            @Nullable String theirs,
            int talkSeconds,
            DifferenceClass expected) {
        assertThat(classify(product, leg, ours, theirs, talkSeconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Phone Numbers, NUMBERS",
        "extra concurrency, CONCURRENCY",
        "Credits, CREDITS",
        "Sales Tax, TAX",
        "VAT 19 %, TAX",
        "sales_tax, TAX",
        "Private line, FEES",
        "Taxi bookings, FEES",
        "Platform, FEES"
    })
    void chargesWithoutACallHaveTheClassOfTheirName(String product, DifferenceClass expected) {
        assertThat(DifferenceClass.ofCharge(product)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"accept, ACCEPTED", "dispute, DISPUTED", "ours, OURS", "accepted, ACCEPTED", "open,", "later,"})
    void decisionsAreReadAsTheApiWritesThem(String name, @Nullable Decision expected) {
        assertThat(Decision.parse(name).orElse(null)).isEqualTo(expected);
    }
}
