package dev.patchbay.iam.signin;

import java.util.Optional;

/**
 * A sign-in that was started and not finished yet.
 *
 * @param returnPath where the browser continues afterwards: a path of ours
 * @param invitation SHA-256 of an invitation's secret
 */
record PendingSignIn(String returnPath, Optional<byte[]> invitation) {}
