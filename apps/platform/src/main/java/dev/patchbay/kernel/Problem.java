package dev.patchbay.kernel;

import java.util.List;

/**
 * A request that cannot be carried out, and why, in words its sender can act on. One handler turns it into
 * {@code application/problem+json}; nothing half-done stays behind.
 */
public class Problem extends RuntimeException {

    private final ProblemType type;
    private final transient List<?> problems;

    public Problem(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** @param problems one entry for each thing found wrong, given to the caller as it is */
    public Problem(ProblemType type, String detail, List<?> problems) {
        super(detail);
        this.type = type;
        this.problems = problems;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<?> problems() {
        return problems;
    }
}
