package dev.patchbay.flowlanguage.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/** Detects regular expressions whose search may backtrack exponentially, by their form. */
final class RegexSafetyCheck {

    private RegexSafetyCheck() {}

    /** True for a repeated group that contains a repetition or a choice, such as {@code (a+)+}, and for back-references. */
    static boolean mayBacktrackWithoutEnd(String pattern) {
        Deque<Boolean> groups = new ArrayDeque<>();
        boolean variable = false;
        boolean inClass = false;
        for (int at = 0; at < pattern.length(); at++) {
            char symbol = pattern.charAt(at);
            if (symbol == '\\') {
                at++;
                if (at < pattern.length() && "123456789kg".indexOf(pattern.charAt(at)) >= 0) {
                    return true;
                }
            } else if (symbol == '[' || symbol == ']') {
                inClass = symbol == '[';
            } else if (!inClass && symbol == '(') {
                groups.push(variable);
                variable = false;
            } else if (!inClass && symbol == ')' && !groups.isEmpty()) {
                if (variable && isQuantifier(pattern, at + 1)) {
                    return true;
                }
                variable |= groups.pop();
            } else if (!inClass) {
                variable |= symbol == '|' || isQuantifier(pattern, at);
            }
        }
        return false;
    }

    private static boolean isQuantifier(String pattern, int at) {
        return at < pattern.length() && "*+{".indexOf(pattern.charAt(at)) >= 0;
    }
}
