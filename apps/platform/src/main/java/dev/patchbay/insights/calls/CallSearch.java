package dev.patchbay.insights.calls;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads the text that a person types into the search of calls: a number or its beginning, an id, or a name. */
record CallSearch(String condition, Map<String, String> parameters) {

    /** The largest code point. A text that begins with a prefix sorts below the prefix followed by this. */
    private static final String END = "\uDBFF\uDFFF";

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ().\\-/]{6,40}");
    private static final Pattern ID = Pattern.compile("\\S*[_\\d]\\S{5,}");

    static CallSearch of(String text) {
        String searched = text.strip();
        if (NUMBER.matcher(searched).matches()) {
            return byNumber(searched);
        }
        if (ID.matcher(searched).matches()) {
            return new CallSearch(
                    "(c.call_id = :id OR c.run_id = :id OR c.correlation_id = :id)", Map.of("id", searched));
        }
        return byName(searched.toLowerCase(Locale.ROOT));
    }

    /** Searches by number. Digits without a plus sign may lack the country code; the code 1 is then tried too. */
    private static CallSearch byNumber(String written) {
        String digits = written.replaceAll("[^0-9]", "");
        String condition = "(c.number >= :number AND c.number < :numberEnd)";
        String number = "+" + digits;
        if (written.startsWith("+") || digits.length() > 10) {
            return new CallSearch(condition, Map.of("number", number, "numberEnd", number + END));
        }
        String national = "+1" + digits;
        return new CallSearch(
                "(" + condition + " OR (c.number >= :national AND c.number < :nationalEnd))",
                Map.of(
                        "number",
                        number,
                        "numberEnd",
                        number + END,
                        "national",
                        national,
                        "nationalEnd",
                        national + END));
    }

    private static CallSearch byName(String name) {
        return new CallSearch(
                "((c.name_key >= :name AND c.name_key < :nameEnd) OR (c.surname_key >= :name AND c.surname_key < :nameEnd))",
                Map.of("name", name, "nameEnd", name + END));
    }

    void forEach(BiConsumer<String, Map<String, String>> action) {
        action.accept(condition, parameters);
    }
}
