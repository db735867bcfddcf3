package dev.patchbay.billing.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.billing.input.InputProblem;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.testing.MoneyExamples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PlanPreviewTests {

    private final PlanPreview preview = new PlanPreview();

    static Stream<JsonNode> examples() {
        return MoneyExamples.all();
    }

    private JsonNode price(String request) {
        return Json.tree(preview.price(Json.read(request)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleIsEqualToTheDigit(JsonNode example) {
        ObjectNode request = example.path("input").deepCopy().asObject();
        request.set("currency", example.path("currency"));

        JsonNode response = Json.tree(preview.price(request));

        example.path("expect")
                .propertyStream()
                .forEach(member -> assertThat(response.path(member.getKey()))
                        .as(example.path("id").asString() + " " + member.getKey())
                        .isEqualTo(member.getValue()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind": "charge", "charge": {"model": "percentage", "percent": "10", "fixed": "0.5"}, "cost": "-20", "count": 2} | total | -1.00
            {"charge": {"model": "unit", "unit": "1", "minimum": "31.00"}, "quantity": "0", "periodFraction": "10/31"} | total | 10.00
            {"charge": {"model": "unit", "unit": "1", "minimum": "31.00"}, "quantity": "0", "periodFraction": "0.5"} | total | 15.50
            {"charge": {"model": "unit", "unit": "0.25", "rounding": "half_even"}, "quantity": "0.5"} | total | 0.12
            {"charge": {"model": "unit", "unit": "0.25", "rounding": "half_even"}, "quantity": "1.5"} | total | 0.38
            {"charge": {"model": "unit", "unit": 3, "per": 10, "round": "down"}, "quantity": 29} | total | 6.00
            {"charge": {"model": "volume", "tiers": [{"unit": "1", "flat": "5"}]}, "quantity": "0"} | total | 0.00
            {"charge": {"model": "percentage", "percent": "110"}, "billed": {"cost": "10"}, "now": {"cost": "11"}} | adjustment | 1.10
            {"amount": "31.00", "by": "day", "zone": "Europe/Berlin", "periodFrom": "2026-09-30T22:00:00Z", "periodTo": "2026-10-31T23:00:00Z", "from": "2026-10-31", "to": "2026-11-01"} | amount | 1.00
            {"amount": "25.00", "by": "second", "zone": "Europe/Berlin", "periodFrom": "2026-10-25", "periodTo": "2026-10-26", "from": "2026-10-25", "to": "2026-10-25T00:00:00Z"} | amount | 2.00
            {"amount": "1.00", "by": "second", "periodFrom": "2026-10-25T00:00:00Z", "periodTo": "2026-10-25T00:00:01Z", "from": "2026-10-25T00:00:00.5Z", "to": "2026-10-25T00:00:01Z"} | numerator | 0.5
            {"lines": [{"amount": "0.43"}, {"amount": "4.84"}], "taxPercent": "15", "taxRounding": "rate"} | tax | 0.79
            {"lines": [{"amount": "10.00", "taxPercent": "7"}, {"amount": "10.00"}], "taxPercent": "19", "taxRounding": "rate"} | tax | 2.60
            {"lines": [{"amount": "10.00"}], "credit": "25.00"} | due | 0.00
            {"lines": [{"amount": "-10.00"}], "credit": "25.00", "discounts": [{"percent": "10"}]} | due | -10.00
            {"lines": [{"amount": "10.00"}], "discounts": [{"amount": "25.00"}]} | net | 0.00
            {"seconds": "3.2", "dynamicOpening": true, "promptTokens": 7000} | billedSeconds | 20
            {"seconds": "3.2"} | billedSeconds | 4
            {"seconds": "3", "promptTokens": 3500} | billedSeconds | 3
            {"amounts": ["-1.50", "1.5"]} | sum | 0
            """)
    void previewsFollowTheRules(String request, String member, String value) {
        assertThat(price(request).path(member).asString()).isEqualTo(value);
    }

    @Test
    void cyclesBeginAtTheFirstMomentOfTheirDays() {
        assertThat(price("""
                {"anchor": "2026-11-01", "zone": "America/Havana", "count": 2}""").path("instants").values())
                .extracting(JsonNode::asString)
                .containsExactly("2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z");
        assertThat(price("""
                {"anchor": "2011-11-30", "zone": "Pacific/Apia", "count": 2}""")).isEqualTo(Json.read("""
                        {"starts": ["2011-11-30", "2011-12-30"],
                         "instants": ["2011-11-30T10:00:00Z", "2011-12-30T10:00:00Z"], "hours": ["720"]}"""));
        assertThat(price("""
                {"anchor": "2028-02-29", "count": 5, "months": 12}""").path("starts").values())
                .extracting(JsonNode::asString)
                .containsExactly("2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29");
        assertThat(price("""
                {"anchor": "2027-02-10", "count": 3, "anchorDay": 31}""").path("starts").values())
                .extracting(JsonNode::asString)
                .containsExactly("2027-02-10", "2027-02-28", "2027-03-31");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [] | ''
            {} | ''
            {"currency": "usd", "amounts": []} | /currency
            {"currency": "XXX", "amounts": []} | /currency
            {"kind": "guess", "amounts": []} | /kind
            {"amounts": [], "unknown/~": 1} | /unknown~1~0
            {"amounts": ["1e9"]} | /amounts/0
            {"amounts": "1"} | /amounts
            {"charge": {"model": "unit", "unit": "1"}} | /quantity
            {"charge": [], "quantity": "1"} | /charge
            {"charge": {"unit": "1"}, "quantity": "1"} | /charge/model
            {"charge": {"model": "flat"}, "quantity": "1"} | /charge/model
            {"charge": {"model": "unit"}, "quantity": "1"} | /charge/unit
            {"charge": {"model": "unit", "unit": "-1"}, "quantity": "1"} | /charge/unit
            {"charge": {"model": "unit", "unit": "1000000001"}, "quantity": "1"} | /charge/unit
            {"charge": {"model": "unit", "unit": true}, "quantity": "1"} | /charge/unit
            {"charge": {"model": "unit", "unit": "1", "per": "0"}, "quantity": "1"} | /charge/per
            {"charge": {"model": "unit", "unit": "1", "discountPercent": "101"}, "quantity": "1"} | /charge/discountPercent
            {"charge": {"model": "unit", "unit": "1", "minimum": "2", "maximum": "1"}, "quantity": "1"} | /charge/minimum
            {"charge": {"model": "unit", "unit": "1", "minimum": "0.001"}, "quantity": "1"} | /charge/minimum
            {"charge": {"model": "unit", "unit": "1", "tiers": []}, "quantity": "1"} | /charge/tiers
            {"charge": {"model": "percentage"}, "cost": "1", "count": 1} | /charge/percent
            {"charge": {"model": "percentage", "percent": "10", "included": "1"}, "cost": "1", "count": 1} | /charge/included
            {"charge": {"model": "percentage", "percent": "10"}, "cost": "1", "count": 1.5} | /count
            {"charge": {"model": "percentage", "percent": "10"}, "cost": "1", "count": -1} | /count
            {"charge": {"model": "percentage", "percent": "10"}, "billed": "1", "now": {"cost": "1"}} | /billed
            {"charge": {"model": "graduated"}, "quantity": "1"} | /charge/tiers
            {"charge": {"model": "graduated", "tiers": [{"upTo": "5", "unit": "1"}, {"upTo": "5", "unit": "1"}]}, "quantity": "1"} | /charge/tiers
            {"charge": {"model": "graduated", "tiers": [{"unit": "1"}, {"upTo": "5", "unit": "1"}]}, "quantity": "1"} | /charge/tiers
            {"charge": {"model": "graduated", "tiers": [{"upTo": "5"}]}, "quantity": "1"} | /charge/tiers/0
            {"charge": {"model": "graduated", "tiers": [7]}, "quantity": "1"} | /charge/tiers/0
            {"charge": {"model": "graduated", "tiers": [{"upTo": "5", "unit": "1"}]}, "quantity": "6"} | /charge/tiers
            {"charge": {"model": "volume", "tiers": [{"upTo": "5", "unit": "1"}]}, "quantity": "6"} | /charge/tiers
            {"charge": {"model": "volume", "tiers": [{"unit": "1"}], "flatAtZero": 1}, "quantity": "6"} | /charge/flatAtZero
            {"charge": {"model": "unit", "unit": "1000000000"}, "quantity": "999999999999999"} | ''
            {"charge": {"model": "unit", "unit": "1"}, "quantity": "1", "periodFraction": "half"} | /periodFraction
            {"charge": {"model": "unit", "unit": "1"}, "quantity": "1", "periodFraction": "1/0"} | /periodFraction
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-11-01", "from": "2026-11-01", "to": "2026-11-01"} | /periodTo
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-10-31", "to": "2026-11-01"} | /from
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-11-05", "to": "2026-12-02"} | /from
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-11-05", "to": "2026-11-02"} | /to
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-11-31", "to": "2026-12-01"} | /from
            {"amount": "1", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-11-05"} | /to
            {"amount": "1", "zone": "Mars", "periodFrom": "2026-11-01", "periodTo": "2026-12-01", "from": "2026-11-05", "to": "2026-12-01"} | /zone
            {"amount": "0.001", "weights": ["1"]} | /amount
            {"amount": "1", "weights": ["-1"]} | /weights/0
            {"amount": "1", "weights": ["0"]} | /weights
            {"lines": [{}]} | /lines/0/amount
            {"lines": [{"amount": "1"}], "taxPercent": "101"} | /taxPercent
            {"lines": [{"amount": "1"}], "discounts": [{}]} | /discounts/0
            {"lines": [{"amount": "1"}], "discounts": [{"percent": "1", "amount": "1"}]} | /discounts/0
            {"lines": [{"amount": "1"}], "discounts": [{"percent": "101"}]} | /discounts/0/percent
            {"rule": {"minimum": "86401"}, "seconds": []} | /rule/minimum
            {"anchor": "+10000-01-01"} | /anchor
            {"anchor": "2027-02-30"} | /anchor
            {"anchor": ""} | /anchor
            {"anchor": "2027-02-28", "count": 100000} | /count
            """)
    void senselessRequestsAreRefusedWithAPointer(String request, String pointer) {
        assertThatThrownBy(() -> price(request)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.PLAN_INVALID);
            assertThat(problem.problems())
                    .extracting(it -> ((InputProblem) it).pointer())
                    .contains(pointer);
            assertThat(problem.detail()).endsWith(".");
        });
    }

    @Test
    void oneAnswerNamesEverythingThatIsWrong() {
        assertThatThrownBy(() -> price("""
                {"charge": {"model": "unit", "unit": "-1", "per": "0"}, "quantity": "-3"}"""))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.problems())
                                .extracting(it -> ((InputProblem) it).pointer())
                                .isEqualTo(List.of("/charge/unit", "/charge/per", "/quantity")));
    }
}
