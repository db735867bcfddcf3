package dev.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.MoneyExamples;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every worked example over HTTP: the example's input is the request, its result is in the response. */
@PatchbayTest
class PlanPreviewApiTests {

    static Stream<JsonNode> examples() {
        return MoneyExamples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleIsAnsweredToTheDigit(JsonNode example) {
        ObjectNode request = example.path("input").deepCopy().asObject();
        request.set("currency", example.path("currency"));

        var reply = TestEnvironment.post("/api/v1/plans/preview", request);

        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        example.path("expect")
                .propertyStream()
                .forEach(
                        member -> assertThat(reply.body().path(member.getKey())).isEqualTo(member.getValue()));
    }

    @Test
    void aSenselessPlanIsRefusedWithPointerAndSentence() {
        var reply = TestEnvironment.post("/api/v1/plans/preview", Json.read("""
                        {"charge": {"model": "unit", "unit": "1", "per": "0"}, "quantity": "1"}"""));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().path("code").asString()).isEqualTo("422.plan_invalid");
        assertThat(reply.body().at("/problems/0/pointer").asString()).isEqualTo("/charge/per");
        assertThat(reply.body().at("/problems/0/sentence").asString()).contains("above 0");
    }
}
