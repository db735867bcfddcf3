package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.usage.spi.ProviderInvoiceReader.Format;
import dev.patchbay.usage.spi.ProviderInvoiceReader.InvoiceLine;
import dev.patchbay.usage.spi.ProviderInvoiceReader.ProviderInvoice;
import dev.patchbay.usage.spi.ProviderInvoiceReader.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetellInvoiceReaderTests {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final String HEADER = "call_id,start_timestamp,product,leg,seconds,cents\n";

    private static ProviderInvoice read(String body, Format format, @Nullable YearMonth month) throws IOException {
        return new RetellInvoiceReader()
                .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), format, month);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void theLegAndTheCallOfAJsonLineAreRead() throws IOException {
        ProviderInvoice invoice = read(
                json("{'month': '2026-10', 'currency': 'usd', 'lines': ["
                        + "{'call_id': 'c', 'start_timestamp': 1000, 'product': 'tts', 'is_transfer_leg_cost': true,"
                        + " 'seconds': 2, 'cents': 3}, {'product': 'number', 'seconds': 0, 'cents': 200}],"
                        + " 'total': 203}"),
                Format.JSON,
                null);
        assertThat(invoice.month()).isEqualTo(OCTOBER);
        assertThat(invoice.total()).isEqualByComparingTo("2.03");
        assertThat(invoice.lines()).extracting(InvoiceLine::leg).containsExactly(1, 0);
        assertThat(invoice.lines()).extracting(InvoiceLine::beganAt).containsExactly(Instant.ofEpochMilli(1000), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]                                                                | is no JSON object",
                "{'lines': {}}                                                     | lines is no list",
                "{'lines':                                                         | The body is no JSON",
                "{'lines': [{'seconds': 1, 'cents': 1}]}                           | Line 1 has no product",
                "{'lines': [{'product': 'tts', 'cents': 1}]}                       | Line 1 has no product, seconds",
                "{'lines': [{'product': 'tts', 'seconds': 1}]}                     | Line 1 has no product, seconds",
                "{'lines': [{'call_id': 'c', 'product': 'tts', 'seconds': 1, 'cents': 1}]} | no start_timestamp",
                "{'lines': [], 'currency': 'usd'}                                  | total is no number",
                "{'lines': [], 'total': 1}                                         | currency is not usd",
                "{'lines': [], 'total': 1, 'currency': 'eur'}                      | currency is not usd",
                "{'lines': [], 'total': 1, 'currency': 'usd', 'month': '2026-09'}  | of 2026-09, not of 2026-10",
                "{'lines': [], 'total': 1, 'currency': 'usd', 'month': 'October'}  | not a year and a month"
            })
    void aJsonDocumentThatIsNoInvoiceOfTheMonthIsRefusedWithASentence(String body, String sentence) {
        assertThatThrownBy(() -> read(json(body), Format.JSON, OCTOBER))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void subtotalsAndEmptyRowsOfACsvAreNoLines() throws IOException {
        ProviderInvoice invoice = read(
                HEADER + "c,1000,tts,0,2,3\n,,number,0,0,200\n\n,,subtotal,,,203\n,,total,,,203\n",
                Format.CSV,
                OCTOBER);
        assertThat(invoice.lines()).extracting(InvoiceLine::product).containsExactly("tts", "number");
        assertThat(invoice.total()).isEqualByComparingTo("2.03");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c,1000,tts,0,2           | Row 2 has not 6 columns",
                "c,1000,,0,2,3            | Row 2 has no product",
                "c,1000,tts,0,two,3       | Row 2 has a number that cannot be read",
                "c,noon,tts,0,2,3         | no start_timestamp in milliseconds",
                "c,1000,tts,0,2,3         | The row total is missing"
            })
    void aCsvRowThatCannotBeReadIsRefusedWithASentence(String row, String sentence) {
        assertThatThrownBy(() -> read(HEADER + row + "\n", Format.CSV, OCTOBER))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aCsvNeedsTheMonthBesideIt() {
        assertThatThrownBy(() -> read(HEADER + ",,total,,,0\n", Format.CSV, null))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("Give the parameter month");
    }
}
