/**
 * The three-way merge of a template's new release into a client's prompt: text by sections and lines, settings as a tree.
 * Entry point: {@link dev.patchbay.prompts.merge.PromptMerge}. It reads nothing and stores nothing.
 */
@NamedInterface("merge")
@NullMarked
package dev.patchbay.prompts.merge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
