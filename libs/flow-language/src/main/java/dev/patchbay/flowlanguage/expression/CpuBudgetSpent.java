package dev.patchbay.flowlanguage.expression;

/** Expressions used up the {@link CpuBudget} that they share. The message is a sentence for the flow's author. */
public final class CpuBudgetSpent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CpuBudgetSpent(String sentence) {
        super(sentence, null, false, false);
    }

    /** The reason, in one sentence for the flow's author. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
