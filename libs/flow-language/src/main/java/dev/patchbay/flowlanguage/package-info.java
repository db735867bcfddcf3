/**
 * The flow language: reads and checks flow files, a strict profile of CNCF Serverless Workflow 1.0.x.
 * Entry point: {@link dev.patchbay.flowlanguage.FlowFile}; its result is a {@link dev.patchbay.flowlanguage.FlowDefinition} or problems.
 * Packages: {@code source} parses text into a tree with line numbers, {@code expression} compiles and evaluates jq.
 * Depends on no other module. The interpreter, which runs flows, is the platform's {@code flows}.
 */
@NullMarked
package dev.patchbay.flowlanguage;

import org.jspecify.annotations.NullMarked;
