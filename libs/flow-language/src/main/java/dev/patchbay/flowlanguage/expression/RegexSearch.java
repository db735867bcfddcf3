package dev.patchbay.flowlanguage.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a pattern in a text, within the budget. The library's own search knows no bound: it goes back for as long as the
 * pattern lets it, and its substitution never ends where a pattern matches nothing.
 */
final class RegexSearch {

    /** Where the pattern was found, in bytes, and its groups. */
    record Match(int begin, int end, List<Group> groups) {}

    /** @param text empty where the group took no part */
    record Group(Optional<String> name, int begin, Optional<String> text) {}

    private final OnigUtils.Pattern pattern;
    private final byte[] bytes;

    private RegexSearch(OnigUtils.Pattern pattern, byte[] bytes) {
        this.pattern = pattern;
        this.bytes = bytes;
    }

    /** @throws JsonQueryException when the pattern or its flags are none */
    static RegexSearch of(String pattern, String flags, String text) throws JsonQueryException {
        return new RegexSearch(new OnigUtils.Pattern(pattern, flags), text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return bytes.length;
    }

    /** All of them when the flags say so, else the first. */
    List<Match> findMatches() {
        List<Match> matches = new ArrayList<>();
        Matcher matcher = pattern.regex.matcher(bytes);
        int from = 0;
        do {
            if (!searchFrom(matcher, from)) {
                break;
            }
            matches.add(new Match(matcher.getBegin(), matcher.getEnd(), groups(matcher.getRegion())));
            from = matcher.getEnd() > matcher.getBegin() ? matcher.getEnd() : nextCharacter(matcher.getEnd());
        } while (pattern.global && from < bytes.length);
        return matches;
    }

    private boolean searchFrom(Matcher matcher, int from) {
        EvaluationBudget evaluationBudget = EvaluationBudget.CURRENT.get();
        evaluationBudget.countStep();
        matcher.setTimeout(evaluationBudget.nanosLeft());
        int at = matcher.search(from, bytes.length, Option.NONE);
        if (at == Matcher.INTERRUPTED) {
            throw EvaluationBudget.timeExceeded();
        }
        return at >= 0;
    }

    /** The next character: where nothing was matched, the search would stay. */
    private int nextCharacter(int at) {
        int next = at + 1;
        while (next < bytes.length && (bytes[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** None where the pattern has none: then there is no region either. */
    private List<Group> groups(@Nullable Region region) {
        List<Group> groups = new ArrayList<>();
        for (int index = 1; region != null && index < region.getNumRegs(); index++) {
            int begin = region.getBeg(index);
            Optional<String> text = begin < 0 ? Optional.empty() : Optional.of(text(begin, region.getEnd(index)));
            groups.add(new Group(Optional.ofNullable(pattern.names[index]), begin, text));
        }
        return groups;
    }

    String text(int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** How many characters stand before each byte. */
    int[] characterOffsets() {
        int[] before = new int[bytes.length + 1];
        for (int at = 0; at < bytes.length; at++) {
            boolean continued = at + 1 < bytes.length && (bytes[at + 1] & 0xC0) == 0x80;
            before[at + 1] = before[at] + (continued ? 0 : 1);
        }
        return before;
    }
}
