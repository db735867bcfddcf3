package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.usage.PerCallRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Worked examples of billable seconds, sums and allocation, equal to the digit. {@code -Dpatchbay.money-examples=FILE} adds the
 * examples of another file of the same form.
 */
class MoneyExamplesTests {

    private static Stream<JsonNode> examples(String kind) {
        String more = System.getProperty("patchbay.money-examples");
        Stream<Path> files = Stream.concat(
                Stream.of("money-examples.json", "money-examples-usage.json")
                        .map(name -> Path.of("src", "test", "resources", name)),
                Stream.ofNullable(more).map(Path::of));
        return files.flatMap(file -> read(file).path("examples").valueStream())
                .filter(example -> example.path("kind").asString().equals(kind));
    }

    private static JsonNode read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<JsonNode> billable() {
        return examples("billable");
    }

    static Stream<JsonNode> allocation() {
        return examples("allocation");
    }

    static Stream<JsonNode> sum() {
        return examples("sum");
    }

    private static List<BigDecimal> decimals(JsonNode list) {
        return list.valueStream().map(it -> new BigDecimal(it.asString())).toList();
    }

    private static BigDecimal decimal(JsonNode rule, String member) {
        return new BigDecimal(rule.path(member).asString("0"));
    }

    @ParameterizedTest
    @MethodSource("billable")
    void billableSecondsAreThoseOfTheExample(JsonNode example) {
        JsonNode rule = example.at("/input/rule");
        var perCall = new PerCallRule(decimal(rule, "minimum"), decimal(rule, "increment"), decimal(rule, "freeBelow"));
        var billable = decimals(example.at("/input/seconds")).stream()
                .map(perCall::billableSeconds)
                .toList();

        assertThat(billable)
                .usingElementComparator(BigDecimal::compareTo)
                .isEqualTo(decimals(example.at("/expect/billable")));
        assertThat(billable.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(example.at("/expect/sum").asString());
    }

    @ParameterizedTest
    @MethodSource("allocation")
    void partsAreThoseOfTheExample(JsonNode example) {
        var currency = Money.findCurrency(example.path("currency").asString()).orElseThrow();
        var amount = Money.of(new BigDecimal(example.at("/input/amount").asString()), currency);

        assertThat(amount.allocate(decimals(example.at("/input/weights"))).stream()
                        .map(part -> part.amount().toPlainString()))
                .isEqualTo(example.at("/expect/parts")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("sum")
    void sumsAreThoseOfTheExample(JsonNode example) {
        assertThat(decimals(example.at("/input/amounts")).stream()
                        .map(Exact::of)
                        .reduce(Exact.ZERO, Exact::plus))
                .isEqualTo(Exact.parse(example.at("/expect/sum").asString()));
    }
}
