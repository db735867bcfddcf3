package dev.patchbay.prompts.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Merges the lines of one section that both sides changed: JGit's histogram diff of each side against the base. Edits that
 * overlap or touch become one chunk, as in JGit's {@code MergeAlgorithm}, which a test holds this against; beyond it, each
 * chunk says whether both edits could be kept.
 */
final class LineMerge {

    /** Beyond this many lines JGit's exact diff could take minutes on hostile input; the histogram alone is linear. */
    private static final int MAX_LINES_FOR_EXACT_DIFF = 4000;

    private final String at;
    private final LineSequence base;
    private final LineSequence template;
    private final LineSequence local;
    private final ConflictResolver resolver;
    private final List<MergeConflict> conflicts = new ArrayList<>();
    private final List<String> merged = new ArrayList<>();

    /** An edit of one side. */
    private record SideEdit(Edit edit, LineSequence source, boolean isTemplate) {}

    LineMerge(String at, List<String> base, List<String> template, List<String> local, ConflictResolver resolver) {
        this.at = at;
        this.base = new LineSequence(base);
        this.template = new LineSequence(template);
        this.local = new LineSequence(local);
        this.resolver = resolver;
    }

    static boolean areEqual(List<String> one, List<String> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size())
                        .allMatch(i -> LineSequence.withoutTrailingBlanks(one.get(i))
                                .equals(LineSequence.withoutTrailingBlanks(other.get(i))));
    }

    List<MergeConflict> conflicts() {
        return conflicts;
    }

    List<String> merge() {
        List<SideEdit> edits = Stream.concat(edits(template, true), edits(local, false))
                .sorted(Comparator.comparingInt((SideEdit it) -> it.edit().getBeginA())
                        .thenComparingInt(it -> it.edit().getEndA())
                        .thenComparing(it -> !it.isTemplate()))
                .toList();
        int next = 0;
        int baseLine = 0;
        while (next < edits.size()) {
            List<SideEdit> chunk = new ArrayList<>();
            int end = edits.get(next).edit().getEndA();
            while (next < edits.size() && edits.get(next).edit().getBeginA() <= end) {
                end = Math.max(end, edits.get(next).edit().getEndA());
                chunk.add(edits.get(next));
                next++;
            }
            int begin = chunk.getFirst().edit().getBeginA();
            merged.addAll(base.lines(baseLine, begin));
            mergeChunk(chunk, begin, end);
            baseLine = end;
        }
        merged.addAll(base.lines(baseLine, base.size()));
        return merged;
    }

    private Stream<SideEdit> edits(LineSequence side, boolean isTemplate) {
        HistogramDiff diff = new HistogramDiff();
        if (base.size() + side.size() > MAX_LINES_FOR_EXACT_DIFF) {
            diff.setFallbackAlgorithm(null);
        } else {
            diff.setFallbackAlgorithm(DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.MYERS));
        }
        return diff.diff(LineSequence.COMPARATOR, base, side).stream()
                .map(edit -> new SideEdit(edit, side, isTemplate));
    }

    private void mergeChunk(List<SideEdit> chunk, int begin, int end) {
        List<String> old = base.lines(begin, end);
        List<String> there = side(chunk, begin, end, true);
        List<String> here = side(chunk, begin, end, false);
        if (chunk.stream().allMatch(SideEdit::isTemplate)) {
            merged.addAll(there);
        } else if (chunk.stream().noneMatch(SideEdit::isTemplate) || areEqual(there, here)) {
            merged.addAll(here);
        } else {
            int prefix = commonPrefix(there, here);
            int suffix = commonSuffix(there, here, prefix);
            merged.addAll(here.subList(0, prefix));
            resolve(
                    chunk,
                    old,
                    there.subList(prefix, there.size() - suffix),
                    here.subList(prefix, here.size() - suffix));
            merged.addAll(here.subList(here.size() - suffix, here.size()));
        }
    }

    private void resolve(List<SideEdit> chunk, List<String> old, List<String> there, List<String> here) {
        MergeConflict conflict;
        if (old.isEmpty()) {
            conflict = conflict(ConflictKind.BOTH_ADDED, old, there, here, join(there, here));
        } else if (canKeepBoth(chunk)) {
            conflict = conflict(ConflictKind.TOUCHING, old, there, here, applyAll(chunk));
        } else {
            // Lines on which both sides agree are no part of the question.
            int prefix = Math.min(commonPrefix(old, here), commonPrefix(old, there));
            int suffix = Math.min(commonSuffix(old, here, prefix), commonSuffix(old, there, prefix));
            conflict = conflict(ConflictKind.SAME_LINES, old.subList(prefix, old.size() - suffix), there, here, null);
        }
        conflicts.add(conflict);
        JsonNode standing = resolver.resolve(conflict);
        if (Objects.equals(standing, conflict.local())) {
            merged.addAll(here);
        } else if (Objects.equals(standing, conflict.template())) {
            merged.addAll(there);
        } else if (standing != null && !standing.asString().isEmpty()) {
            merged.addAll(List.of(standing.asString().split("\n", -1)));
        }
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private MergeConflict conflict(
            ConflictKind kind,
            List<String> old,
            List<String> there,
            List<String> here,
            @Nullable List<String> proposal) {
        return new MergeConflict(
                at,
                kind,
                TextMerge.node(String.join("\n", old)),
                TextMerge.node(String.join("\n", there)),
                TextMerge.node(String.join("\n", here)),
                proposal == null ? null : TextMerge.node(String.join("\n", proposal)));
    }

    /** Whether no edit deletes, and none overlaps another. */
    private static boolean canKeepBoth(List<SideEdit> chunk) {
        int end = 0;
        for (SideEdit each : chunk) {
            if (each.edit().getType() == Edit.Type.DELETE || each.edit().getBeginA() < end) {
                return false;
            }
            end = each.edit().getEndA();
        }
        return true;
    }

    private List<String> applyAll(List<SideEdit> chunk) {
        List<String> applied = new ArrayList<>();
        int line = chunk.getFirst().edit().getBeginA();
        for (SideEdit each : chunk) {
            applied.addAll(base.lines(line, each.edit().getBeginA()));
            applied.addAll(
                    each.source().lines(each.edit().getBeginB(), each.edit().getEndB()));
            line = each.edit().getEndA();
        }
        return applied;
    }

    /** The chunk as one side has it. */
    private List<String> side(List<SideEdit> chunk, int begin, int end, boolean isTemplate) {
        List<String> lines = new ArrayList<>();
        int line = begin;
        for (SideEdit each : chunk) {
            if (each.isTemplate() == isTemplate) {
                lines.addAll(base.lines(line, each.edit().getBeginA()));
                lines.addAll(
                        each.source().lines(each.edit().getBeginB(), each.edit().getEndB()));
                line = each.edit().getEndA();
            }
        }
        lines.addAll(base.lines(line, end));
        return lines;
    }

    private static int commonPrefix(List<String> one, List<String> other) {
        int length = 0;
        while (length < Math.min(one.size(), other.size()) && areEqual(one.get(length), other.get(length))) {
            length++;
        }
        return length;
    }

    /** Never reaches into the prefix. */
    private static int commonSuffix(List<String> one, List<String> other, int prefix) {
        int most = Math.min(one.size(), other.size()) - prefix;
        int length = 0;
        while (length < most && areEqual(one.get(one.size() - 1 - length), other.get(other.size() - 1 - length))) {
            length++;
        }
        return length;
    }

    private static boolean areEqual(String one, String other) {
        return LineSequence.withoutTrailingBlanks(one).equals(LineSequence.withoutTrailingBlanks(other));
    }
}
