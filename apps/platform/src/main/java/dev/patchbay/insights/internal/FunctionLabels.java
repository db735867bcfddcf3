package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectStatus;
import java.util.HashMap;
import java.util.Map;

/** Port functions in the words of the people who read a timeline. */
final class FunctionLabels {

    private FunctionLabels() {}

    /**
     * @param completed what has happened when it succeeded
     * @param noun the subject of "refused", "failed" or "is waiting"
     * @param clause after "whether"
     */
    record FunctionLabel(String completed, String noun, String clause) {}

    static FunctionLabel labelOf(String function) {
        return switch (function) {
            case "crm.upsertContact" ->
                new FunctionLabel("Contact saved in the CRM", "Saving the contact", "the contact was saved");
            case "crm.findContact", "crm.getContact" ->
                new FunctionLabel("Contact read from the CRM", "Reading the contact", "the contact was read");
            case "calendar.findSlots" ->
                new FunctionLabel("Free times read from the calendar", "Reading free times", "free times were read");
            case "calendar.book" -> new FunctionLabel("Appointment booked", "Booking", "the appointment was booked");
            case "calendar.hold" -> new FunctionLabel("Time held", "Hold", "the time was held");
            case "calendar.find" ->
                new FunctionLabel(
                        "Appointments read from the calendar", "Reading appointments", "appointments were read");
            case "calendar.move" -> new FunctionLabel("Appointment moved", "Move", "the appointment was moved");
            case "calendar.cancel" ->
                new FunctionLabel("Appointment cancelled", "Cancellation", "the appointment was cancelled");
            case "messaging.sendSms" ->
                new FunctionLabel("Text message sent to the carrier", "Text message", "the text message was sent");
            case "crm.addNote" -> new FunctionLabel("Note added in the CRM", "Adding the note", "the note was added");
            case "crm.upsertOpportunity" ->
                new FunctionLabel(
                        "Opportunity saved in the CRM", "Saving the opportunity", "the opportunity was saved");
            case "notify.email" -> new FunctionLabel("Mail queued", "Mail", "the mail was queued");
            case "messaging.sendMms" -> new FunctionLabel("MMS sent to the carrier", "MMS", "the MMS was sent");
            case "messaging.checkNumber" ->
                new FunctionLabel("Number checked", "Checking the number", "the number was checked");
            default -> new FunctionLabel(function + " completed", function, function + " was completed");
        };
    }

    /** The function that each effect of a run calls, by the effect's key. */
    static Map<String, String> functionsByEffect(History history) {
        Map<String, String> functions = new HashMap<>();
        history.steps().forEach(step -> {
            if (step.effectKey() != null && step.call() != null) {
                functions.put(step.effectKey(), step.call());
            }
        });
        return functions;
    }

    /** The place of a live call's effect is its function's name. */
    static String functionOf(Map<String, String> functionsByEffect, EffectStatus effect) {
        return functionsByEffect.getOrDefault(effect.key(), effect.place());
    }
}
