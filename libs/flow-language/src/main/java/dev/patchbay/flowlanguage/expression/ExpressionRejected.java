package dev.patchbay.flowlanguage.expression;

/** An evaluation ends here, with the sentence that says why; jq's own {@code try} does not catch it. */
final class ExpressionRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionRejected(String sentence) {
        super(sentence, null, false, false);
    }
}
