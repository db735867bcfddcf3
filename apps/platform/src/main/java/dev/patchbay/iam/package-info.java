/**
 * Identity and access: the agencies, the businesses they serve, and who may do what.
 * Front doors: {@link dev.patchbay.iam.access.Access} decides; {@link dev.patchbay.iam.tenants.Tenants}, {@link dev.patchbay.iam.tenants.Clients},
 * {@link dev.patchbay.iam.people.Groups}, {@link dev.patchbay.iam.access.CustomRoles}, {@link dev.patchbay.iam.access.RoleAssignments} and
 * {@link dev.patchbay.iam.tokens.ServiceTokens} keep what it decides by; {@link dev.patchbay.iam.people.Users},
 * {@link dev.patchbay.iam.people.Invitations}, {@link dev.patchbay.iam.sessions.Sessions} and {@link dev.patchbay.iam.signin.ImpersonationSessions} are about
 * the people, who sign in by {@code iam.internal.signin} (docs/sign-in.md). A controller's method says what it
 * {@link dev.patchbay.iam.access.Requires} and takes {@link dev.patchbay.iam.access.Caller} as an argument (docs/access.md).
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.patchbay.iam;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
