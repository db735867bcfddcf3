package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.source.SourceRejected;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.List;

/** A flow file, YAML or JSON: the front door of the flow language. */
public final class FlowFile {

    private FlowFile() {}

    /** Reads and checks the text. Whatever the text holds, the answer is a reading; nothing is thrown. */
    public static ParseResult read(String text, Catalogue catalogue) {
        SourceTree source;
        try {
            source = SourceText.parse(text);
        } catch (SourceRejected refused) {
            return new ParseResult.Invalid(
                    List.of(new FlowProblem(refused.path(), refused.line(), refused.code(), refused.sentence(), null)));
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
     * A flow that passed every check when it was stored. Checks that were added since do not count: what runs goes on running.
     *
     * @throws SourceRejected when it is no flow at all
     */
    public static FlowDefinition readStored(String text) {
        return FlowBuilder.build(SourceText.parse(text).root());
    }
}
