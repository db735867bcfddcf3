/**
 * Flow definitions: files become drafts, a promotion makes a draft the active version, and assignments say which clients it serves.
 * {@link dev.patchbay.flows.definition.Flows} and {@link dev.patchbay.flows.definition.FlowVersions} change them,
 * {@link dev.patchbay.flows.definition.FlowQueries} shows them to people, and
 * {@link dev.patchbay.flows.definition.FlowDefinitions} parses them for runs.
 */
@NamedInterface("definition")
@NullMarked
package dev.patchbay.flows.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
