package dev.patchbay.flowlanguage.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/** Regular expressions whose search can take for ever, recognised by their shape. */
final class RegexSafetyCheck {

    private RegexSafetyCheck() {}

    /** True for a repeated group that holds a repetition or a choice, such as {@code (a+)+}, and for back-references. */
    static boolean backtrack(String pattern) {
        Deque<Boolean> groups = new ArrayDeque<>();
        boolean loose = false;
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
                groups.push(loose);
                loose = false;
            } else if (!inClass && symbol == ')' && !groups.isEmpty()) {
                if (loose && repeats(pattern, at + 1)) {
                    return true;
                }
                loose |= groups.pop();
            } else if (!inClass) {
                loose |= symbol == '|' || repeats(pattern, at);
            }
        }
        return false;
    }

    private static boolean repeats(String pattern, int at) {
        return at < pattern.length() && "*+{".indexOf(pattern.charAt(at)) >= 0;
    }
}
