package dev.patchbay.usage.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.usage.reports.UsageReportRepository.DaySum;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageReportsTests {

    private static DaySum sum(String product) {
        return new DaySum(
                LocalDate.parse("2026-10-10"),
                "cli_a",
                new ConnectionId("con_1"),
                "agent_1",
                "3",
                product,
                1,
                "seconds",
                2,
                "60",
                "0.75",
                "USD");
    }

    @Test
    void costsArePartOfALineOnlyWhereTheReaderMaySeeThem() {
        assertThat(UsageReports.toCsv(sum("voice"), true))
                .isEqualTo("2026-10-10,cli_a,con_1,agent_1,3,voice,1,seconds,2,60,0.75,USD\r\n");
        assertThat(UsageReports.toCsv(sum("voice"), false))
                .isEqualTo("2026-10-10,cli_a,con_1,agent_1,3,voice,1,seconds,2,60\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"=1+1;'=1+1", "@sum;'@sum", "a,b;\"a,b\"", "say \"a\";\"say \"\"a\"\"\"", "=a,b;\"'=a,b\""})
    void textsAreQuotedAndAreNoFormulas(String product, String field) {
        assertThat(UsageReports.toCsv(sum(product), false)).contains(",3," + field + ",1,");
    }
}
