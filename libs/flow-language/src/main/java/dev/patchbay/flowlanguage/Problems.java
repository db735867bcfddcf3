package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects errors and warnings and looks up their lines. */
final class Problems {

    /** Longer lists help no author: such a file is probably no flow at all. */
    private static final int MAX_PROBLEMS = 50;

    private final SourceTree source;
    private final List<FlowProblem> problems = new ArrayList<>();
    private final List<FlowProblem> warnings = new ArrayList<>();

    Problems(SourceTree source) {
        this.source = source;
    }

    void add(String path, String code, String message, @Nullable String hint) {
        problems.add(new FlowProblem(path, source.line(path), code, message, hint));
    }

    /** A warning leaves the file valid. */
    void warn(String path, String code, String message, @Nullable String hint) {
        warnings.add(new FlowProblem(path, source.line(path), code, message, hint));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<FlowProblem> problems() {
        return sortByLine(problems);
    }

    List<FlowProblem> warnings() {
        return sortByLine(warnings);
    }

    private static List<FlowProblem> sortByLine(List<FlowProblem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt(FlowProblem::line))
                .limit(MAX_PROBLEMS)
                .toList();
    }
}
