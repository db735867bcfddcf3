package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.CpuBudget;
import dev.patchbay.flowlanguage.expression.CpuBudgetSpent;
import dev.patchbay.flowlanguage.source.SourceRejected;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.time.Duration;
import java.util.List;

/** Reads flow files, YAML or JSON. The entry point of the flow language. */
public final class FlowFile {

    /** The computing time that checking one file may take. */
    public static final Duration CHECK_LIMIT = Duration.ofSeconds(1);

    private FlowFile() {}

    /** As {@link #read(String, Catalogue, Runnable)}, without pauses. */
    public static ParseResult read(String text, Catalogue catalogue) {
        return read(text, catalogue, () -> {});
    }

    /**
     * Parses and validates the text. Never throws, whatever the text holds. Takes about {@link #CHECK_LIMIT} of computing at most.
     *
     * @param text YAML 1.2 or JSON, at most {@link SourceText#MAX_BYTES} bytes in UTF-8
     * @param catalogue the functions and events that the flow may name
     * @param checkpoint called again and again; may block, so that others compute
     */
    public static ParseResult read(String text, Catalogue catalogue, Runnable checkpoint) {
        try {
            return new CpuBudget(
                            CHECK_LIMIT,
                            "Checking this file takes more than a second of computing: its expressions are too expensive, or too many.",
                            checkpoint)
                    .spend(() -> validate(text, catalogue));
        } catch (CpuBudgetSpent spent) {
            return new ParseResult.Invalid(List.of(new FlowProblem("", 1, "too_slow", spent.sentence(), null)));
        }
    }

    private static ParseResult validate(String text, Catalogue catalogue) {
        SourceTree source;
        try {
            source = SourceText.parse(text);
        } catch (SourceRejected rejected) {
            return new ParseResult.Invalid(List.of(
                    new FlowProblem(rejected.path(), rejected.line(), rejected.code(), rejected.sentence(), null)));
        }
        Problems problems = new Problems(source);
        SchemaValidation.check(source, problems);
        if (problems.isEmpty()) {
            new SemanticValidation(source.root(), catalogue, problems).check();
        }
        if (problems.isEmpty()) {
            StandardValidation.check(source, problems);
        }
        return problems.isEmpty()
                ? new ParseResult.Valid(FlowBuilder.build(source.root()), problems.warnings())
                : new ParseResult.Invalid(problems.problems());
    }

    /**
     * Parses a flow that passed validation when it was stored. It is not validated again, so that a check added since then
     * stops no flow that already runs.
     *
     * @throws SourceRejected when the text is not YAML or JSON
     */
    public static FlowDefinition readStored(String text) {
        return FlowBuilder.build(SourceText.parse(text).root());
    }
}
