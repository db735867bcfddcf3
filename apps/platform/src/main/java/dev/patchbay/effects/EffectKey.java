package dev.patchbay.effects;

import dev.patchbay.kernel.TenantId;

/**
 * Names one outward act for ever: origin, task path, iteration, generation. Task names are unique in a flow, so a fixed flow
 * version finds the act by its name. The generation rises only where a person wants it done again, or where what was done
 * was undone.
 *
 * @param runId who wants it: a run, or for example {@code live:<call id>}
 * @param origin the same, unless several runs share the act by their author's idempotency key
 */
public record EffectKey(TenantId tenant, String runId, String origin, String taskName, int iteration, int generation) {

    /** The first generation of a run's own act. */
    public EffectKey(TenantId tenant, String runId, String taskName, int iteration) {
        this(tenant, runId, runId, taskName, iteration, 0);
    }

    /** As stored, and as providers that take a key see it. */
    public String text() {
        return act() + generation;
    }

    /** The text without the generation. */
    public String act() {
        return origin + "/" + taskName + "/" + iteration + "/";
    }

    /** The key that a text names, for the run that wants it. */
    public static EffectKey of(TenantId tenant, String runId, String text) {
        int generation = text.lastIndexOf('/');
        int iteration = text.lastIndexOf('/', generation - 1);
        int task = text.lastIndexOf('/', iteration - 1);
        return new EffectKey(
                tenant,
                runId,
                text.substring(0, task),
                text.substring(task + 1, iteration),
                Integer.parseInt(text.substring(iteration + 1, generation)),
                Integer.parseInt(text.substring(generation + 1)));
    }

    public EffectKey next() {
        return new EffectKey(tenant, runId, origin, taskName, iteration, generation + 1);
    }

    /** What undoes it. */
    public EffectKey undoing() {
        return new EffectKey(tenant, runId, origin, taskName + ":undo", iteration, generation);
    }
}
