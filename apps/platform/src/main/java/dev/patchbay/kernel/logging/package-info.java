/** Log lines: JSON, one object per line, redacted in the encoder, which every line passes last. */
@NullMarked
package dev.patchbay.kernel.logging;

import org.jspecify.annotations.NullMarked;
