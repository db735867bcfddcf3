package dev.patchbay.flowlanguage.expression;

/** Ends an evaluation that exceeds a limit. jq's own {@code try} does not catch it. The message is one sentence for the flow's author. */
final class ExpressionRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionRejected(String sentence) {
        super(sentence, null, false, false);
    }
}
