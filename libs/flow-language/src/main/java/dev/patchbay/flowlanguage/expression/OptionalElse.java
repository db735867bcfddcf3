package dev.patchbay.flowlanguage.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Adds the {@code else .} that an {@code if} of jq 1.7 may leave out and the library requires. Texts, comments and members of
 * the names of keywords are left as they are.
 */
final class OptionalElse {

    private static final Pattern KEYWORD = Pattern.compile("(?<![\\w.$:@])(?:if|else|end)(?![\\w:])");
    private static final String COMPLETION = " else . ";

    private OptionalElse() {}

    /** Returns the expression with an {@code else} in each {@code if}; one that is no jq comes back unchanged or no better. */
    static String complete(String jq) {
        Deque<Boolean> withElse = new ArrayDeque<>();
        StringBuilder completed = new StringBuilder(jq);
        int added = 0;
        for (MatchResult keyword : KEYWORD.matcher(withoutTexts(jq)).results().toList()) {
            switch (keyword.group()) {
                case "if" -> withElse.push(false);
                case "else" -> {
                    withElse.poll();
                    withElse.push(true);
                }
                default -> {
                    if (Boolean.FALSE.equals(withElse.poll())) {
                        completed.insert(keyword.start() + added, COMPLETION);
                        added += COMPLETION.length();
                    }
                }
            }
        }
        return completed.toString();
    }

    /** Returns the expression with blanks in place of its texts and comments, but with what stands in {@code \\(…)}. */
    private static String withoutTexts(String jq) {
        StringBuilder code = new StringBuilder();
        Deque<Integer> openInterpolations = new ArrayDeque<>();
        boolean inText = false;
        boolean inComment = false;
        int depth = 0;
        for (int at = 0; at < jq.length(); at++) {
            char symbol = jq.charAt(at);
            boolean isCode = false;
            if (inComment) {
                inComment = symbol != '\n';
            } else if (inText && symbol == '\\') {
                boolean opens = at + 1 < jq.length() && jq.charAt(at + 1) == '(';
                if (opens) {
                    openInterpolations.push(depth);
                    inText = false;
                }
                code.append(' ');
                at++;
            } else if (symbol == '"') {
                inText = !inText;
            } else if (!inText && symbol == '#') {
                inComment = true;
            } else if (!inText) {
                isCode = true;
                depth += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
                if (symbol == ')' && !openInterpolations.isEmpty() && depth < openInterpolations.getFirst()) {
                    depth = openInterpolations.pop();
                    inText = true;
                    isCode = false;
                }
            }
            code.append(isCode ? symbol : ' ');
        }
        return code.substring(0, Math.min(code.length(), jq.length()));
    }
}
