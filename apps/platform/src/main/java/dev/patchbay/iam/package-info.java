/**
 * Identity and access management, by subject. {@code tenants}: agencies and their clients. {@code access}: permissions, roles
 * and {@link dev.patchbay.iam.access.Access}, the decision point (docs/access.md). {@code tokens}: service tokens. {@code sessions}: sessions of users.
 * {@code people}: users, groups, invitations. {@code signin}: sign-in, tenant switch, impersonation (docs/sign-in.md), over the
 * internal {@code oidc}. Each names its entry points in its package documentation; they depend on each other in that order.
 * This package holds the id types. Ports: {@link dev.patchbay.iam.spi.IssuerTransport},
 * {@link dev.patchbay.iam.spi.InvitationMail}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.patchbay.iam;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
