package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;

/** Says why an event did not start a flow. */
final class TriggerMissSentences {

    private TriggerMissSentences() {}

    static String of(TriggerMissEntry miss) {
        String subject = "the condition %s of the flow %s %s".formatted(miss.condition(), miss.flow(), miss.version());
        String outcome = subject + (miss.failed() ? " could not be evaluated" : " is not true");
        return miss.reason().isEmpty() ? outcome + "." : outcome + ": " + miss.reason();
    }
}
