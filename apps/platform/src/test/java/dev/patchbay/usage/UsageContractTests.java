package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Sums and records over the API have the shape that {@code contracts/usage} states. */
@PatchbayTest
class UsageContractTests {

    @Autowired
    private ApplicationContext application;

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        UsageContractTests.class.getResourceAsStream("/contracts/usage/" + name + ".schema.json"),
                        InputFormat.JSON);
    }

    private static void validate(String name, JsonNode items) {
        Schema schema = schema(name);
        assertThat(items).isNotEmpty();
        items.forEach(
                item -> assertThat(schema.validate(item)).as(item.toString()).isEmpty());
    }

    @Test
    void sumsAndRecordsKeepTheirContract() {
        var agency = new UsageFixture(application, "one");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        String call = agency.call(
                "one", noon, 60, Json.object().put("averageTokens", 5000).put("transferSeconds", 9));
        agency.collect(noon.minusSeconds(60));
        UsageFixture.sandbox("POST", "calls/" + call + "/cost", Json.object().put("factor", "1.25"));
        agency.collect(noon.minusSeconds(60));
        agency.putClient("a", "UTC");
        agency.map("one", "a");

        for (String by : List.of("day", "client", "agent", "product", "release")) {
            validate(
                    "usage-sum",
                    agency.get("usage/days?from=2026-10-10&to=2026-10-10&by=" + by)
                            .path("items"));
        }
        validate("usage-record", agency.get("usage/calls/" + call).path("records"));
    }
}
