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
 * Searches a text for a pattern, within the {@link EvaluationBudget}. The library's own search has no limit: it backtracks for as long
 * as the pattern permits, and its substitution does not end when a pattern matches the empty text.
 */
final class RegexSearch {

    /** One match, with its position in bytes of UTF-8. */
    record Match(int begin, int end, List<Group> groups) {}

    /** @param text empty when the group took no part in the match */
    record Group(Optional<String> name, int begin, Optional<String> text) {}

    private final OnigUtils.Pattern pattern;
    private final byte[] bytes;

    private RegexSearch(OnigUtils.Pattern pattern, byte[] bytes) {
        this.pattern = pattern;
        this.bytes = bytes;
    }

    /** @throws JsonQueryException when the pattern or its flags are not valid */
    static RegexSearch of(String pattern, String flags, String text) throws JsonQueryException {
        return new RegexSearch(new OnigUtils.Pattern(pattern, flags), text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return bytes.length;
    }

    /** All matches when the flags are global, else the first. */
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

    /** The start of the next character: after an empty match the search must advance by itself. */
    private int nextCharacter(int at) {
        int next = at + 1;
        while (next < bytes.length && (bytes[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** The groups of a match; a pattern without groups has no region. */
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

    /** The number of characters before each byte. */
    int[] characterOffsets() {
        int[] before = new int[bytes.length + 1];
        for (int at = 0; at < bytes.length; at++) {
            boolean continued = at + 1 < bytes.length && (bytes[at + 1] & 0xC0) == 0x80;
            before[at + 1] = before[at] + (continued ? 0 : 1);
        }
        return before;
    }
}
