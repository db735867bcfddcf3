package dev.patchbay.prompts.format;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks values against their variables. Nothing in a value may mean something to the file or to the vendor. */
final class VariableValues {

    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_ITEMS = 200;
    private static final Pattern HOSTILE = Pattern.compile("\\{\\{|\\[\\[|(?m:^\\\\*%%% )|[\\p{Cntrl}&&[^\\n\\t]]");

    private VariableValues() {}

    /** The end of a sentence that begins with “The value of x”; empty when the value is right. */
    static Optional<String> findFault(Variable variable, JsonNode value) {
        if (!variable.type().accepts(value)) {
            return Optional.of("is not of the type " + variable.type().wireName() + ".");
        }
        if (value.isArray()) {
            return value.size() > MAX_ITEMS
                    ? Optional.of("has more than " + MAX_ITEMS + " items.")
                    : value.valueStream()
                            .map(item -> findTextFault(variable, item.asString()))
                            .flatMap(Optional::stream)
                            .findFirst();
        }
        return value.isNumber()
                ? findNumberFault(variable, value)
                : value.isString() ? findTextFault(variable, value.asString()) : Optional.empty();
    }

    private static Optional<String> findNumberFault(Variable variable, JsonNode value) {
        if (compare(value, variable.min()) < 0) {
            return Optional.of("is below " + variable.min() + ".");
        }
        return compare(value, variable.max()) > 0 ? Optional.of("is above " + variable.max() + ".") : Optional.empty();
    }

    /** A bound that is no number bounds nothing. */
    private static int compare(JsonNode value, @Nullable JsonNode bound) {
        return bound != null && bound.isNumber() ? value.decimalValue().compareTo(bound.decimalValue()) : 0;
    }

    private static Optional<String> findTextFault(Variable variable, String text) {
        Integer limit = variable.maxLength();
        int most = limit == null ? MAX_LENGTH : limit;
        if (text.length() > most) {
            return Optional.of("is longer than " + most + " characters.");
        }
        if (HOSTILE.matcher(text).find()) {
            return Optional.of("holds {{, [[, a line that begins with %%% , or a control character.");
        }
        if (!variable.choices().isEmpty() && !variable.choices().contains(text)) {
            return Optional.of("is none of " + String.join(", ", variable.choices()) + ".");
        }
        String pattern = variable.pattern();
        return pattern != null && !com.google.re2j.Pattern.matches(pattern, text)
                ? Optional.of("does not match " + pattern + ".")
                : Optional.empty();
    }
}
