package dev.patchbay.insights.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the result of a call and the next step for the people of a client. */
final class ClientSentences {

    private static final String NO_SLOT = "no_slot";

    private ClientSentences() {}

    /**
     * Returns the reason that a client's people may read: {@code no_slot}, or {@code other} for any cause that the agency must
     * solve.
     */
    static @Nullable String reason(@Nullable String reason) {
        return reason == null || reason.equals(NO_SLOT) ? reason : "other";
    }

    static @Nullable String of(CallOutcome outcome, @Nullable String reason, List<String> left) {
        return switch (outcome) {
            case BOOKED ->
                left.stream().anyMatch(function -> function.startsWith("messaging."))
                        ? "Booked. The caller got no confirmation by text."
                        : null;
            case NOT_BOOKED -> notBooked(String.valueOf(reason));
            case NEEDS_PERSON -> "The booking is not confirmed yet. Please call back, or ask your agency.";
            case WORKING -> "The booking is under way.";
            case NO_REQUEST -> null;
            case UNDONE -> "The appointment was cancelled.";
        };
    }

    private static String notBooked(String reason) {
        return switch (reason) {
            case NO_SLOT -> "The time that the caller asked for is not free. Please call back.";
            case "provider_down", "rate_limited", "auth_expired" ->
                "The calendar could not be reached. Please call back.";
            case "bad_input" -> "The appointment's details were not clear. Please call back.";
            case "rejected", "cancelled" -> "Somebody decided not to book it.";
            default -> "The appointment was not booked. Please call back.";
        };
    }
}
