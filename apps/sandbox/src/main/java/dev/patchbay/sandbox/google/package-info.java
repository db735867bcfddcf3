/**
 * Google: Calendar v3 with OAuth, and "Sign in with Google" (OpenID Connect), under {@code /google}.
 * Entry points: {@link dev.patchbay.sandbox.google.Google}, the API, and
 * {@link dev.patchbay.sandbox.google.GoogleSignIn}, whose people the control API sets up.
 * Event ids may be chosen by the client; an id that was used once is never free again.
 * Authorization codes are single-use, live for a minute and need PKCE (S256). There are no webhooks.
 */
@NullMarked
package dev.patchbay.sandbox.google;

import org.jspecify.annotations.NullMarked;
