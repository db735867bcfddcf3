/** Prompts over HTTP. */
@NullMarked
package dev.patchbay.prompts.web;

import org.jspecify.annotations.NullMarked;
