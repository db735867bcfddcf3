package dev.patchbay.flowlanguage;

import java.util.List;

/** The result of reading a flow file. */
public sealed interface ParseResult {

    /**
     * The file is a valid flow.
     *
     * @param warnings probable mistakes, ordered by line
     */
    record Valid(FlowDefinition definition, List<FlowProblem> warnings) implements ParseResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The file is not a valid flow.
     *
     * @param problems the reasons, ordered by line; never empty
     */
    record Invalid(List<FlowProblem> problems) implements ParseResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
