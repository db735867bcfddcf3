/**
 * The prompt file: Markdown with YAML front matter that holds an agent, its engine and their texts without loss.
 * Entry points: {@link dev.patchbay.prompts.format.PromptFormat} reads and writes it,
 * {@link dev.patchbay.prompts.format.RetellObjects} converts it from and to Retell's objects,
 * {@link dev.patchbay.prompts.format.PromptRenderer} fills in variables.
 */
@NamedInterface("format")
@NullMarked
package dev.patchbay.prompts.format;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
