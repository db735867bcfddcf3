/** Service tokens: opaque credentials of programs. */
@NamedInterface("tokens")
@NullMarked
package dev.patchbay.iam.tokens;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
