/**
 * Prompts: templates with releases, each client's own prompt, and the merge of one into the other. It never calls a provider.
 * Entry points: {@link dev.patchbay.prompts.PromptsCommand} on the command line; {@code prompts.merge} merges.
 */
@ApplicationModule(allowedDependencies = {"iam :: access", "iam :: tenants"})
@NullMarked
package dev.patchbay.prompts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
