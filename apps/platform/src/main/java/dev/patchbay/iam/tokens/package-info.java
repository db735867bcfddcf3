/** Service tokens, by which programs call the API: {@link dev.patchbay.iam.tokens.ServiceTokens}. */
@NamedInterface("tokens")
@NullMarked
package dev.patchbay.iam.tokens;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
