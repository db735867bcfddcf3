/**
 * Identity and access: the agencies, the businesses they serve, and who may do what.
 * Front doors: {@link dev.patchbay.iam.Access} decides; {@link dev.patchbay.iam.Tenants}, {@link dev.patchbay.iam.Clients},
 * {@link dev.patchbay.iam.Groups}, {@link dev.patchbay.iam.CustomRoles}, {@link dev.patchbay.iam.RoleAssignments} and
 * {@link dev.patchbay.iam.ServiceTokens} keep what it decides by; {@link dev.patchbay.iam.Users},
 * {@link dev.patchbay.iam.Invitations}, {@link dev.patchbay.iam.Sessions} and {@link dev.patchbay.iam.SupportSessions} are about
 * the people, who sign in by {@code iam.internal.signin} (docs/sign-in.md). A controller's method says what it
 * {@link dev.patchbay.iam.Requires} and takes {@link dev.patchbay.iam.Caller} as an argument (docs/access.md).
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.patchbay.iam;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
