/**
 * OpenRouter: the endpoint {@code /openrouter/api/v1/key}, by which an API key is checked.
 * Entry point: {@link dev.patchbay.sandbox.openrouter.OpenRouter}.
 */
@NullMarked
package dev.patchbay.sandbox.openrouter;

import org.jspecify.annotations.NullMarked;
