package dev.patchbay.flows.internal.effect;

import dev.patchbay.kernel.TenantId;

/**
 * Names one outward act for ever: origin run, task path, iteration, generation. Task names are unique in a flow, so a
 * fixed flow version finds the act by its name. The generation rises only where a person wants it done again, or where
 * what was done was undone.
 *
 * @param runId the origin: a run, or for example {@code live:<call id>}
 */
public record EffectKey(TenantId tenant, String runId, String taskName, int iteration, int generation) {

    /** The act's first generation. */
    public EffectKey(TenantId tenant, String runId, String taskName, int iteration) {
        this(tenant, runId, taskName, iteration, 0);
    }

    /** As stored, and as providers that take a key see it. */
    public String text() {
        return runId + "/" + taskName + "/" + iteration + "/" + generation;
    }

    /** The key that a text names. */
    public static EffectKey of(TenantId tenant, String text) {
        int generation = text.lastIndexOf('/');
        int iteration = text.lastIndexOf('/', generation - 1);
        int task = text.lastIndexOf('/', iteration - 1);
        return new EffectKey(
                tenant,
                text.substring(0, task),
                text.substring(task + 1, iteration),
                Integer.parseInt(text.substring(iteration + 1, generation)),
                Integer.parseInt(text.substring(generation + 1)));
    }

    public EffectKey next() {
        return new EffectKey(tenant, runId, taskName, iteration, generation + 1);
    }
}
