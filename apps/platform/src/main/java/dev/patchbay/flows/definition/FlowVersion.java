package dev.patchbay.flows.definition;

import dev.patchbay.kernel.FlowId;

/**
 * A stored version of a flow.
 *
 * @param source the file as it was posted
 * @param digest SHA-256 of its contents
 */
public record FlowVersion(FlowId flowId, String name, String version, FlowState state, String source, String digest) {}
