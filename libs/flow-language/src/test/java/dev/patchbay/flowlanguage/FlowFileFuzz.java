package dev.patchbay.flowlanguage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any bytes as a flow file: the answer is a flow or problems that a person can find in the file, and nothing is thrown. A flow,
 * written as JSON and read again, is the same flow.
 */
final class FlowFileFuzz {

    /** Some characters that JSON allows cannot stand in YAML as they are. */
    private static final JsonMapper PLAIN =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Catalogue CATALOGUE = Catalogue.standard();

    private FlowFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        switch (FlowFile.read(text, CATALOGUE)) {
            case ParseResult.Invalid invalid -> {
                require(!invalid.problems().isEmpty(), "refused without a reason");
                requirePositions(invalid.problems(), text);
            }
            case ParseResult.Valid valid -> {
                requirePositions(valid.warnings(), text);
                requireSameFlow(valid.definition(), text);
            }
        }
    }

    /** In the order of the lines, each in the file and with something to say. */
    private static void requirePositions(List<FlowProblem> problems, String text) {
        long lines = text.lines().count() + 1;
        int before = 0;
        for (FlowProblem problem : problems) {
            require(problem.line() >= before && problem.line() <= lines, "a line out of order: " + problem);
            require(!problem.message().isBlank() && !problem.code().isBlank(), "nothing said: " + problem);
            before = problem.line();
        }
    }

    private static void requireSameFlow(FlowDefinition flow, String text) {
        String digest = flow.digest();
        require(FlowFile.readStored(text).digest().equals(digest), "stored, it is another flow");
        ParseResult again = FlowFile.read(PLAIN.writeValueAsString(flow.raw()).replace("\u007f", "\\u007f"), CATALOGUE);
        require(
                again instanceof ParseResult.Valid valid
                        && valid.definition().digest().equals(digest),
                "as JSON it is another flow: " + again);
    }

    private static void require(boolean kept, String broken) {
        if (!kept) {
            throw new AssertionError(broken);
        }
    }
}
