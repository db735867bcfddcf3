package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.EffectTrail;
import dev.patchbay.flows.RunHistory.Trail;
import java.util.HashMap;
import java.util.Map;

/** Functions in words that their callers' people use. */
final class FunctionLabels {

    private FunctionLabels() {}

    /**
     * @param done what has happened when it succeeded
     * @param noun what is refused or fails otherwise
     * @param clause after "whether"
     */
    record FunctionLabel(String done, String noun, String clause) {}

    static FunctionLabel deed(String function) {
        return switch (function) {
            case "crm.upsertContact" -> new FunctionLabel("Contact kept in the CRM", "Contact", "the contact was kept");
            case "crm.findContact", "crm.getContact" ->
                new FunctionLabel("Contact read from the CRM", "Reading the contact", "the contact was read");
            case "calendar.findSlots" ->
                new FunctionLabel("Free times read from the calendar", "Reading free times", "free times were read");
            case "calendar.book" -> new FunctionLabel("Appointment booked", "Booking", "the appointment was booked");
            case "calendar.hold" -> new FunctionLabel("Time held", "Hold", "the time was held");
            case "calendar.cancel" ->
                new FunctionLabel("Appointment cancelled", "Cancellation", "the appointment was cancelled");
            case "messaging.sendSms" -> new FunctionLabel("Text handed to the carrier", "Text", "the text was sent");
            default -> new FunctionLabel(function + " done", function, function + " was done");
        };
    }

    /** Which function each effect of a run calls, by the effect's key. */
    static Map<String, String> byEffect(Trail trail) {
        Map<String, String> functions = new HashMap<>();
        trail.steps().forEach(step -> {
            if (step.effectKey() != null && step.call() != null) {
                functions.put(step.effectKey(), step.call());
            }
        });
        return functions;
    }

    /** The effect of a live call bears its function's name as its place. */
    static String of(Map<String, String> byEffect, EffectTrail effect) {
        return byEffect.getOrDefault(effect.key(), effect.place());
    }
}
