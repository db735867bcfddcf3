package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The invoice of a month, and the mistakes that are planted in it. */
class RetellInvoiceTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.control(
                "PUT",
                "/accounts",
                "{\"retell\": {\"apiKey\": \"" + SandboxFixture.RETELL_KEY
                        + "\", \"numbers\": [\"+12025550100\"], \"agents\": []}}");
        sandbox.control(
                "POST",
                "/retell/months",
                "{\"seed\": 11, \"month\": \"2026-10\", \"calls\": 200, \"clients\": 2, \"share\": {\"late\": 0,"
                        + " \"transfer\": 0.3, \"surcharge\": 0.3, \"minimum\": 0.3}}");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode invoice() {
        return sandbox.control("GET", "/retell/invoice?month=2026-10", "");
    }

    private static BigDecimal sum(JsonNode invoice) {
        return invoice.path("lines")
                .valueStream()
                .map(line -> line.path("cents").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void theLinesAddUpToTheSubtotalAndTheTotalIsInWholeCents() {
        JsonNode invoice = invoice();

        assertThat(sum(invoice)).isEqualByComparingTo(invoice.path("subtotal").decimalValue());
        assertThat(invoice.path("total").decimalValue().scale()).isZero();
        assertThat(invoice.path("lines").valueStream().map(line -> Json.text(line, "product")))
                .contains("number +12025550100", "concurrency", "credit", "llm_token_surcharge");
        String csv = sandbox.send("GET", "/_sandbox/retell/invoice?month=2026-10&format=csv", "")
                .body();
        List<String> rows = csv.lines().toList();
        assertThat(rows).hasSize(invoice.path("lines").size() + 3);
        assertThat(rows.getLast()).isEqualTo(",,total,,," + Json.text(invoice, "total"));
        assertThat(sandbox.send("GET", "/_sandbox/retell/invoice?month=never", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPlantChangesTheInvoiceAndNotTheBooks() {
        JsonNode before = invoice();
        JsonNode planted =
                sandbox.control("POST", "/retell/invoice/plant", "{\"seed\": 4, \"month\": \"2026-10\", \"count\": 2}");

        assertThat(planted.path("items")
                        .valueStream()
                        .map(item -> Json.text(item, "kind"))
                        .distinct())
                .containsExactlyElementsOf(RetellInvoicePlants.KINDS);
        assertThat(sandbox.control("GET", "/retell/invoice/planted?month=2026-10", ""))
                .isEqualTo(planted);
        JsonNode after = invoice();
        assertThat(sum(after)).isNotEqualByComparingTo(sum(before));
        assertThat(sum(after)).isEqualByComparingTo(after.path("subtotal").decimalValue());
        assertThat(invoice()).isEqualTo(after);
        sandbox.control("POST", "/retell/invoice/plant", "{\"month\": \"2026-10\", \"count\": 0}");
        assertThat(invoice()).isEqualTo(before);
        assertThat(sandbox.control("GET", "/retell/invoice/planted?month=2026-09", "")
                        .path("items"))
                .isEmpty();
        JsonNode some =
                sandbox.control("POST", "/retell/invoice/plant", "{\"month\": \"2026-09\", \"kinds\": [\"minimum\"]}");
        assertThat(some.path("items")).isEmpty();
        assertThat(sandbox.send(
                                "POST",
                                "/_sandbox/retell/invoice/plant",
                                "{\"month\": \"2026-10\", \"kinds\": [\"riddle\"]}")
                        .statusCode())
                .isEqualTo(400);
    }
}
