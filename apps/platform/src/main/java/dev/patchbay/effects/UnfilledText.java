package dev.patchbay.effects;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a text for people what a template left behind: “Hi null”, or a placeholder of another tool. */
final class UnfilledText {

    /** A whole word “null” that is no number word (“null Uhr”, “null and void”), and what other languages print for nothing. */
    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "\\{\\{[^{}]{0,200}}}|\\$\\{[^{}]{0,200}}|\\[object Object]|(?<![\\p{L}\\d-])undefined(?![\\p{L}\\d])"
                    + "|(?<![\\p{L}\\d-])NaN(?![\\p{L}\\d])"
                    + "|(?<![\\p{L}\\d-])null(?![\\p{L}\\d-])(?!\\s+(?:and void|[Uu]hr|Grad|Prozent|Euro|Komma|Fehler))");

    private UnfilledText() {}

    /** The first such piece. */
    static Optional<String> find(String text) {
        Matcher matcher = LEFT_BEHIND.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
