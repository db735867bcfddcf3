package dev.patchbay.flowlanguage;

/** The result of a trigger for the data of an event of its type and attributes. */
public sealed interface TriggerResult {

    /** It starts the flow. */
    record Matches() implements TriggerResult {}

    /**
     * The condition on its data is not true.
     *
     * @param condition as the author wrote it
     * @param failed whether it could not be evaluated
     * @param reason the values it was evaluated on, or why it failed, in one sentence
     */
    record ConditionNotTrue(String condition, boolean failed, String reason) implements TriggerResult {}
}
