/** Log lines: JSON, one object a line, redacted as the very last step so that nothing gets past. */
@NullMarked
package dev.patchbay.kernel.logging;

import org.jspecify.annotations.NullMarked;
