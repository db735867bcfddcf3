package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Expressions that compute too much are stopped, wherever they stand. */
@PatchbayTest
class ComputingTests {

    private static final String EXPENSIVE = "([range(50000)] | map(. + 1) | length)";

    /** Two tasks that jump to each other. */
    private static final String ENDLESS = """
            do:
              - one: { set: { n: "${ %1$s + ($event.n // 0) }" }, then: two }
              - two: { set: { n: "${ %1$s + ($event.n // 0) }" }, then: one }
            """.formatted(EXPENSIVE);

    /** 65,536 sums. */
    private static final String EXPENSIVE_CONSTANT = String.join("+", Collections.nCopies(8, "(1,2,3,4)"));

    private static final String CONSTANTS = """
            document: { dsl: 1.0.3, namespace: test, name: constants, version: 1.0.0 }
            do:
            """;

    @Test
    void aRunHasOneBudgetForAllItsExpressions() {
        JsonNode run = new FlowFixture(ENDLESS).startAndAwait("parked");

        assertThat(run.at("/cause/code").asString()).isEqualTo("bad_input");
        assertThat(run.at("/cause/sentence").asString())
                .isEqualTo("The expressions of this run take more than 2000 ms of computing.");
    }

    @Test
    void aDryRunHasTheSameBudget() {
        var flow = new FlowFixture(ENDLESS);

        JsonNode report = TestEnvironment.post(
                        "/api/v1/flows/" + flow.flowId() + "/dry-run",
                        Json.object()
                                .put(
                                        "clientId",
                                        TestEnvironment.dev()
                                                .at("/clients/0/id")
                                                .asString())
                                .set("input", Json.object()))
                .body();

        assertThat(report.path("outcome").asString()).as(report.toString()).isEqualTo("bad_input");
        assertThat(report.at("/error/detail").asString()).contains("more than 2000 ms of computing");
    }

    @Test
    void aFileIsCheckedForASecondAtMost() {
        var file = new StringBuilder(CONSTANTS);
        for (int task = 0; task < 500; task++) {
            file.append(
                    "  - t%d: { call: crm.findContact, with: { phone: \"${ ([%s] as $sums | \\\"+12025550142\\\") }\" } }%n"
                            .formatted(task, EXPENSIVE_CONSTANT));
        }
        Instant start = Instant.now();

        JsonNode validation = TestEnvironment.post("/api/v1/flows/validate", "application/yaml", file.toString())
                .body();

        assertThat(validation.path("valid").asBoolean()).isFalse();
        assertThat(validation.at("/problems/0/code").asString()).isEqualTo("too_slow");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
}
