package dev.patchbay.usage.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.usage.reports.UsageCall.Entry;
import dev.patchbay.usage.reports.UsageCall.Reason;
import dev.patchbay.usage.reports.UsageCall.Statement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeExplanationTests {

    private static final Instant AT = Instant.parse("2026-10-10T00:00:00Z");

    private static UsageCall call(String talkSeconds) {
        return new UsageCall(
                "call_1",
                new ConnectionId("con_1"),
                null,
                AT,
                LocalDate.parse("2026-10-10"),
                null,
                null,
                new BigDecimal(talkSeconds),
                BigDecimal.ZERO,
                null,
                null,
                null,
                1,
                "");
    }

    private static Entry entry(int n, int leg, String metric, String quantity, @Nullable String reverses) {
        return new Entry(
                1,
                n,
                null,
                1,
                "voice",
                leg,
                metric,
                new BigDecimal(quantity),
                new Amount("1.00", "USD"),
                "stated",
                reverses);
    }

    private static List<String> codes(String talkSeconds, Entry... records) {
        return ChargeExplanation.explain(call(talkSeconds), List.of(), List.of(records)).stream()
                .map(Reason::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"9.3, 10, rounded_up", "4, 10, minimum", "10, 10,", "11, 10,"})
    void secondsBeyondTheCallAreAMinimumOrRounded(String talk, String billed, @Nullable String code) {
        assertThat(codes(talk, entry(1, 0, "seconds", billed, null)))
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void theLegAfterATransferIsNotPartOfTheFirstOne() {
        assertThat(codes("10", entry(1, 0, "seconds", "10", null), entry(2, 1, "seconds", "60", null)))
                .containsExactly("transfer_leg");
    }

    @Test
    void reversedRecordsExplainNothing() {
        assertThat(codes("4", entry(1, 0, "seconds", "10", null), entry(2, 0, "seconds", "-10", "1/1")))
                .isEmpty();
    }

    @Test
    void aSurchargeNamesTheTokensWhereTheyAreStated() {
        List<Entry> records = List.of(entry(1, 0, "extra_seconds", "6", null));
        var stated = Json.object();
        stated.putObject("llm_token_usage").put("average", "4200");
        assertThat(ChargeExplanation.explain(call("10"), List.of(new Statement(1, "stated", AT, stated)), records))
                .singleElement()
                .satisfies(reason -> assertThat(reason.sentence()).contains("6 s more", "includes, 4200 on average."));
        assertThat(ChargeExplanation.explain(
                        call("10"), List.of(new Statement(1, "stated", AT, Json.object())), records))
                .singleElement()
                .satisfies(reason -> assertThat(reason.sentence()).endsWith("includes."));
        assertThat(ChargeExplanation.explain(call("10"), List.of(), records))
                .singleElement()
                .satisfies(reason -> assertThat(reason.sentence()).endsWith("includes."));
    }

    @ParameterizedTest
    @CsvSource({"stated,", "late, late", "corrected, corrected", "vanished, vanished"})
    void statementsAfterTheFirstAreExplained(String outcome, @Nullable String code) {
        var statement = new Statement(1, outcome, AT, Json.object());
        assertThat(ChargeExplanation.explain(call("10"), List.of(statement), List.of()).stream()
                        .map(Reason::code)
                        .toList())
                .isEqualTo(code == null ? List.of() : List.of(code));
    }
}
