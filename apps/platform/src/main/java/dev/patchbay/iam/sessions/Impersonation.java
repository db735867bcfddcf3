package dev.patchbay.iam.sessions;

import dev.patchbay.iam.SessionId;
import dev.patchbay.kernel.UserId;

/**
 * An operator of the platform who acts as the user of a session.
 *
 * @param name the operator's name
 * @param session the operator's own session; the impersonation ends with it
 */
public record Impersonation(UserId impersonator, String name, String reason, SessionId session) {}
