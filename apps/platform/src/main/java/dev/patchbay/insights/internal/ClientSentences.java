package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.run.StepStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * Explains a call to the people of the client: what happened and what they can do. Providers, ids and states of runs are left
 * out.
 */
final class ClientSentences {

    private static final String CALL_BACK = " Call back, or wait for your agency, which sees this too.";

    private final CallOutcome call;

    ClientSentences(CallOutcome call) {
        this.call = call;
    }

    String explain() {
        return switch (call.outcome()) {
            case BOOKED ->
                "The appointment is in the calendar."
                        + (isDone("messaging.sendSms") ? " The caller got a confirmation text." : "")
                        + (call.isLeftUnfinished() ? " The rest was not completed; your agency sees this too." : "");
            case NOT_BOOKED -> reason() + contact() + CALL_BACK;
            case NEEDS_PERSON -> openQuestion() + contact();
            case WORKING -> "The call is still being worked on.";
            case NO_REQUEST -> "The caller did not ask for an appointment.";
            case UNDONE -> "The appointment was booked and then cancelled." + contact();
        };
    }

    private String reason() {
        return switch (call.run().map(RunEntry::causeCode).orElse("")) {
            case "no_slot" -> "The requested time was already taken.";
            case "provider_down", "rate_limited" -> "The " + stoppedAt() + " could not be reached in time.";
            case "too_late" -> "It was too late when it could be done.";
            case "auth_expired" ->
                "The " + stoppedAt() + " is no longer connected; your agency has to connect it again.";
            case "bad_input" -> "What the caller said could not be turned into an appointment.";
            case "opted_out" -> "The caller does not want to get texts.";
            case "rejected" -> "Somebody declined the appointment.";
            case "cancelled" -> "Somebody stopped the booking.";
            case "raised" -> "The booking ended without an appointment, as it is set up.";
            default -> "The appointment could not be booked.";
        };
    }

    private String openQuestion() {
        return call.run()
                        .map(RunEntry::causeCode)
                        .filter("unknown_outcome"::equals)
                        .isPresent()
                ? "It is not known whether the appointment was booked. Check the calendar before you call back."
                : "Somebody has to decide before the appointment is booked.";
    }

    private String contact() {
        return isDone("crm.upsertContact") ? " The contact was saved." : "";
    }

    private boolean isDone(String function) {
        return call.steps().stream()
                .anyMatch(step -> function.equals(step.call()) && step.status() == StepStatus.COMPLETED);
    }

    private String stoppedAt() {
        String function = call.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .map(StepEntry::call)
                .flatMap(name -> Optional.ofNullable(name).stream())
                .reduce((earlier, later) -> later)
                .orElse("");
        return switch (function.toLowerCase(Locale.ROOT).replaceFirst("[.].*", "")) {
            case "calendar" -> "calendar";
            case "crm" -> "contact list";
            case "messaging" -> "text service";
            default -> "booking system";
        };
    }
}
