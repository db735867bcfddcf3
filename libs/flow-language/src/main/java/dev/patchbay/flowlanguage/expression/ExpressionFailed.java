package dev.patchbay.flowlanguage.expression;

/** An expression cannot be compiled, or could not be evaluated on the data it was given. */
public final class ExpressionFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expression;

    ExpressionFailed(String expression, String sentence) {
        super(sentence);
        this.expression = expression;
    }

    /** As the flow's author wrote it. */
    public String expression() {
        return expression;
    }

    /** One sentence a flow author understands. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
