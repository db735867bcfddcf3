package dev.patchbay.flowlanguage;

import java.util.List;

/** What reading a flow file came to. */
public sealed interface ParseResult {

    /** The file is a flow.
     *
     * @param warnings what may be meant and may be a mistake, in the order of their lines */
    record Valid(FlowDefinition definition, List<FlowProblem> warnings) implements ParseResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** It is not, for these reasons: never empty, in the order of their lines. */
    record Invalid(List<FlowProblem> problems) implements ParseResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
