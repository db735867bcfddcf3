package dev.patchbay.effects.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why an act did not succeed, in the groups that dead letters are sorted by. */
public enum FailureReason {
    AUTH_EXPIRED(
            "The provider does not accept the account's credentials any more.",
            "Connect the account again, then replay the run."),
    NO_SLOT("The time the caller wanted is not free.", "Offer the caller another time; the contact was kept."),
    RATE_LIMITED(
            "The provider asked for fewer requests for as long as we tried.",
            "Nothing to mend: replay the run later, in bulk at a low rate."),
    BAD_INPUT(
            "What the flow asked for cannot be done with this data.",
            "Correct the input or the flow, then replay the run with it."),
    PROVIDER_DOWN(
            "The provider could not be reached, or failed, for as long as we tried.",
            "Replay the run when the provider answers again."),
    UNKNOWN_OUTCOME(
            "A request went out, its answer was lost, and nobody could find out whether it was carried out.",
            "Check at the provider whether this happened, then settle the step; the run continues."),
    BUG(
            "Patchbay, or what it relies on in the provider's answer, is wrong here.",
            "Report this with the correlation id.");

    private final String meaning;
    private final String nextAction;

    FailureReason(String meaning, String nextAction) {
        this.meaning = meaning;
        this.nextAction = nextAction;
    }

    /** What it says of a run that stopped, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** As it appears in answers, for example {@code no_slot}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as they appear in answers. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(FailureReason::code).toList();
    }

    /** What a person can do about it, in one sentence. */
    public String nextAction() {
        return nextAction;
    }
}
