package dev.patchbay.flows.internal.effect;

import dev.patchbay.kernel.TenantId;

/**
 * Names one outward act for ever: origin run, task path, iteration, generation. Task names are unique in a flow, so a
 * fixed flow version finds the act by its name.
 */
public record EffectKey(TenantId tenant, String runId, String taskName, int iteration) {

    /** As stored, and as providers that take a key see it. */
    public String text() {
        return runId + "/" + taskName + "/" + iteration + "/0";
    }
}
