/**
 * n8n: the list of workflows under {@code /n8n/api/v1}, always empty, by which an API key is checked.
 * Entry point: {@link dev.patchbay.sandbox.n8n.N8n}.
 */
@NullMarked
package dev.patchbay.sandbox.n8n;

import org.jspecify.annotations.NullMarked;
