/** Sign-in with an OpenID Connect issuer (code flow with PKCE) and the sessions that follow from it. */
@NamedInterface("signin")
@NullMarked
package dev.patchbay.iam.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
