package dev.patchbay.flowlanguage;

import java.util.List;

/** What reading a flow file came to. */
public sealed interface FlowReading {

    /** The file is a flow. */
    record Valid(FlowDefinition definition) implements FlowReading {}

    /** It is not, for these reasons: never empty, in the order of their lines. */
    record Invalid(List<FlowProblem> problems) implements FlowReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
