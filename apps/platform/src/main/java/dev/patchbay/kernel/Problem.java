package dev.patchbay.kernel;

import java.util.List;

/**
 * A request that cannot be fulfilled, with a sentence that helps its sender. {@code ProblemHandler} turns it into
 * {@code application/problem+json}, and the transaction of the request is rolled back.
 */
public class Problem extends RuntimeException {

    private final ProblemType type;
    private final transient List<?> problems;

    public Problem(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** @param problems one entry for each thing that is wrong, written to the response as JSON */
    public Problem(ProblemType type, String detail, List<?> problems) {
        super(detail);
        this.type = type;
        this.problems = problems;
    }

    /** Returns the type, which decides status and code of the response. */
    public ProblemType type() {
        return type;
    }

    /** Returns the sentence for the sender of the request. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Returns one entry for each thing that is wrong; empty when the sentence is enough. */
    public List<?> problems() {
        return problems;
    }
}
