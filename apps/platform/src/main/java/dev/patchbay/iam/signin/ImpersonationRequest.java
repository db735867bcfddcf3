package dev.patchbay.iam.signin;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Duration;

/**
 * A request of an operator to act as a user.
 *
 * @param length an hour at most
 */
public record ImpersonationRequest(TenantId tenant, UserId userId, String reason, Duration length) {}
