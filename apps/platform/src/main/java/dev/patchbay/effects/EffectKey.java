package dev.patchbay.effects;

import dev.patchbay.kernel.TenantId;

/**
 * Identifies one effect for ever: scope, task path, iteration, generation. Task names are unique in a flow, so a corrected flow
 * version finds the effect by its name. The generation rises when a person asks for a repeat, and when the effect was
 * compensated.
 *
 * @param origin the run or call that causes the effect
 * @param scope the origin's text, unless several runs share the effect through an idempotency key in their flow
 */
public record EffectKey(
        TenantId tenant, EffectOrigin origin, String scope, String taskName, int iteration, int generation) {

    /** Makes the key of the first generation of an effect that its origin shares with no other. */
    public EffectKey(TenantId tenant, EffectOrigin origin, String taskName, int iteration) {
        this(tenant, origin, origin.text(), taskName, iteration, 0);
    }

    /** Parses a key as {@link #text} writes it. */
    public static EffectKey of(TenantId tenant, EffectOrigin origin, String text) {
        int generation = text.lastIndexOf('/');
        int iteration = text.lastIndexOf('/', generation - 1);
        int task = text.lastIndexOf('/', iteration - 1);
        return new EffectKey(
                tenant,
                origin,
                text.substring(0, task),
                text.substring(task + 1, iteration),
                Integer.parseInt(text.substring(iteration + 1, generation)),
                Integer.parseInt(text.substring(generation + 1)));
    }

    /**
     * Returns {@code scope/task/iteration/generation}, as it is stored; adapters derive the provider's idempotency key from it.
     */
    public String text() {
        return generationPrefix() + generation;
    }

    /** Returns the text with which the keys of all generations begin. */
    public String generationPrefix() {
        return scope + "/" + taskName + "/" + iteration + "/";
    }

    /** Says whether several runs share the effect through an idempotency key in their flow. */
    public boolean isShared() {
        return !scope.equals(origin.text());
    }

    /** Returns the key of a repeat, which is another effect in the same place. */
    public EffectKey nextGeneration() {
        return new EffectKey(tenant, origin, scope, taskName, iteration, generation + 1);
    }

    /** Returns the key of the effect that compensates this one. */
    public EffectKey compensation() {
        return new EffectKey(tenant, origin, scope, taskName + ":undo", iteration, generation);
    }
}
