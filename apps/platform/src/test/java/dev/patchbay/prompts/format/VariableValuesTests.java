package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class VariableValuesTests {

    private static Optional<String> fault(String declaration, JsonNode value) {
        var variables =
                VariableReader.read(Json.object().set("v", Json.read(declaration)), Map.of(), new ArrayList<>());
        return VariableValues.findFault(Optional.ofNullable(variables.get("v")).orElseThrow(), value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"integer\", \"min\": 5, \"max\": 9} | 5",
                "{\"type\": \"integer\", \"min\": 5, \"max\": 9} | 9",
                "{\"type\": \"number\"} | -1.5",
                "{\"type\": \"number\", \"min\": \"low\", \"max\": \"high\"} | 5",
                "{\"type\": \"boolean\"} | true",
                "{\"type\": \"list\"} | []",
                "{\"type\": \"list\", \"maxLength\": 3} | [\"one\", \"two\"]",
                "{\"type\": \"text\", \"maxLength\": 3} | \"one\"",
                "{\"type\": \"text\", \"pattern\": \"[a-z]+\"} | \"one\"",
                "{\"type\": \"choice\", \"choices\": [\"one\", \"two\"]} | \"two\"",
                "{\"type\": \"longtext\"} | \"one\\n\\ttwo\""
            })
    void aRightValueHasNoFault(String declaration, String value) {
        assertThat(fault(declaration, Json.read(value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"integer\"} | \"5\" | is not of the type integer.",
                "{\"type\": \"integer\", \"min\": 5} | 4 | is below 5.",
                "{\"type\": \"integer\", \"max\": 9} | 10 | is above 9.",
                "{\"type\": \"text\", \"maxLength\": 3} | \"four\" | is longer than 3 characters.",
                "{\"type\": \"list\", \"maxLength\": 3} | [\"one\", \"four\"] | is longer than 3 characters.",
                "{\"type\": \"text\", \"pattern\": \"[a-z]+\"} | \"one1\" | does not match [a-z]+.",
                "{\"type\": \"choice\", \"choices\": [\"one\", \"two\"]} | \"six\" | is none of one, two."
            })
    void aFaultIsTheEndOfASentence(String declaration, String value, String fault) {
        assertThat(fault(declaration, Json.read(value))).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"{{user_number}}\"", "\"[[city]]\"", "\"one\\n%%% state/book\"", "\"\\u0007\""})
    void aValueMeansNothingToTheFileOrTheVendor(String value) {
        assertThat(fault("{\"type\": \"longtext\"}", Json.read(value)).orElseThrow())
                .startsWith("holds ");
    }

    /** A backtracking engine would take longer than the age of the universe. */
    @Test
    void aPatternOfNestedRepetitionIsMatchedInLinearTime() {
        assertThat(fault("{\"type\": \"longtext\", \"pattern\": \"(a+)+b\"}", Json.tree("a".repeat(1_000))))
                .contains("does not match (a+)+b.");
    }

    @Test
    void aListHasAtMostTwoHundredItems() {
        assertThat(fault("{\"type\": \"list\"}", Json.tree(Collections.nCopies(200, "one"))))
                .isEmpty();
        assertThat(fault("{\"type\": \"list\"}", Json.tree(Collections.nCopies(201, "one"))))
                .contains("has more than 200 items.");
    }
}
