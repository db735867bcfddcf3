package dev.patchbay.flows.spi;

import java.util.Locale;

/** Why an act did not succeed, in the groups that dead letters are sorted by. */
public enum Reason {
    AUTH_EXPIRED("Connect the account again, then replay the run."),
    NO_SLOT("Offer the caller another time; the contact was kept."),
    RATE_LIMITED("Nothing to do: wait, then replay the run."),
    BAD_INPUT("Correct the input or the flow, then replay the run."),
    PROVIDER_DOWN("Replay the run when the provider answers again."),
    UNKNOWN_OUTCOME("Look at the provider whether it was done, then decide."),
    BUG("Report this with the correlation id.");

    private final String nextAction;

    Reason(String nextAction) {
        this.nextAction = nextAction;
    }

    /** As it appears in answers, for example {@code no_slot}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do about it, in one sentence. */
    public String nextAction() {
        return nextAction;
    }
}
