package dev.patchbay.flowlanguage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads any bytes as a flow file. The result is a flow, or problems with a line of the file, and never an exception. A flow that is
 * written as JSON and read again is the same flow.
 */
final class FlowFileFuzz {

    /** Escapes all characters beyond ASCII, because JSON permits some that YAML does not. */
    private static final JsonMapper PLAIN =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Catalogue CATALOGUE = Catalogue.standard();

    private FlowFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        switch (FlowFile.read(text, CATALOGUE)) {
            case ParseResult.Invalid invalid -> {
                require(!invalid.problems().isEmpty(), "rejected without a reason");
                requirePositions(invalid.problems(), text);
            }
            case ParseResult.Valid valid -> {
                requirePositions(valid.warnings(), text);
                requireSameFlow(valid.definition(), text);
            }
        }
    }

    /** Requires that problems are ordered by line, that each line exists and that each problem has a message and a code. */
    private static void requirePositions(List<FlowProblem> problems, String text) {
        long lines = text.lines().count() + 1;
        int before = 0;
        for (FlowProblem problem : problems) {
            require(problem.line() >= before && problem.line() <= lines, "a line out of order: " + problem);
            require(!problem.message().isBlank() && !problem.code().isBlank(), "no message or code: " + problem);
            before = problem.line();
        }
    }

    private static void requireSameFlow(FlowDefinition flow, String text) {
        String digest = flow.digest();
        require(FlowFile.readStored(text).digest().equals(digest), "read again from storage, it is another flow");
        ParseResult again = FlowFile.read(PLAIN.writeValueAsString(flow.raw()).replace("\u007f", "\\u007f"), CATALOGUE);
        require(
                again instanceof ParseResult.Valid valid
                        && valid.definition().digest().equals(digest),
                "as JSON it is another flow: " + again);
    }

    private static void require(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
