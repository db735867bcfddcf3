/** What every adapter must prove, over HTTP against the sandbox and by the sandbox's own books. */
@NullMarked
package dev.patchbay.integrations.kit;

import org.jspecify.annotations.NullMarked;
