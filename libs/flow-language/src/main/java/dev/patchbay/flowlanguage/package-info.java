/**
 * The flow language: reads and checks flow files, a strict profile of CNCF Serverless Workflow 1.0.x.
 * Front door: {@link dev.patchbay.flowlanguage.FlowFile}; what it yields is {@link dev.patchbay.flowlanguage.FlowDefinition}.
 * Neighbours: {@code source} turns text into a tree that remembers lines, {@code expression} runs jq.
 * It runs nothing itself: the interpreter lives in the platform's {@code flows}.
 */
@NullMarked
package dev.patchbay.flowlanguage;

import org.jspecify.annotations.NullMarked;
