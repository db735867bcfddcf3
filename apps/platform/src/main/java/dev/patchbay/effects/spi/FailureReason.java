package dev.patchbay.effects.spi;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why a call did not succeed. Dead letters are grouped by these reasons. */
public enum FailureReason {
    AUTH_EXPIRED(
            "The provider does not accept the account's credentials any more.",
            "Connect the account again, then replay the run."),
    NO_SLOT("The time the caller wanted is not free.", "Offer the caller another time; the contact was kept."),
    OPTED_OUT(
            "The person does not want to be texted.",
            "Nothing needs mending: respect it. They text START when they change their mind."),
    RATE_LIMITED(
            "The provider kept answering that it receives too many requests.",
            "Nothing needs mending: replay the run later, in bulk at a low rate."),
    BAD_INPUT(
            "What the flow asked for cannot be done with this data.",
            "Correct the input or the flow, then replay the run with it."),
    PROVIDER_DOWN(
            "The provider could not be reached, or failed, for as long as we tried.",
            "Replay the run when the provider answers again."),
    TOO_LATE(
            "The time in which this was to be done was over.",
            "Replay the run if this is still wanted; a replay has the whole time again."),
    UNKNOWN_OUTCOME(
            "A request was sent, its response was lost, and whether it was carried out could not be found out.",
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

    /** Why the run stopped, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** As it appears in API responses, for example {@code no_slot}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All codes, as they appear in API responses. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(FailureReason::code).toList();
    }

    /** The next step for a person, in one sentence. */
    public String nextAction() {
        return nextAction;
    }
}
