package dev.patchbay.flowlanguage.expression;

/** An expression does not compile, or could not be evaluated with this input and these variables. */
public final class ExpressionFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expression;

    ExpressionFailed(String expression, String sentence) {
        super(sentence);
        this.expression = expression;
    }

    /** The text as the flow's author wrote it. */
    public String expression() {
        return expression;
    }

    /** The reason, in one sentence for the flow's author; “it” in the sentence is the expression. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
