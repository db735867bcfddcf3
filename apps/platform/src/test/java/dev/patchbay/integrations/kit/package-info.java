/** The tests that every adapter must pass, over HTTP against the sandbox and by what the sandbox has stored. */
@NullMarked
package dev.patchbay.integrations.kit;

import org.jspecify.annotations.NullMarked;
