package dev.patchbay.kernel.time;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text from which each understood part is removed, so that the rest shows the parts that were not understood. */
final class TextScanner {

    private String rest;

    TextScanner(String text) {
        this.rest = text;
    }

    /** Removes and returns the first match of a pattern. */
    Optional<MatchResult> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.find()) {
            return Optional.empty();
        }
        MatchResult match = matcher.toMatchResult();
        rest = rest.substring(0, match.start()) + " " + rest.substring(match.end());
        return Optional.of(match);
    }

    boolean contains(Pattern pattern) {
        return pattern.matcher(rest).find();
    }

    boolean takeAny(Pattern pattern) {
        return take(pattern).isPresent();
    }

    String rest() {
        return rest;
    }
}
