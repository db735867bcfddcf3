/**
 * Authorization: permissions, roles and their assignments. {@link dev.patchbay.iam.access.Access} is the one decision point;
 * {@link dev.patchbay.iam.access.CustomRoles} and {@link dev.patchbay.iam.access.RoleAssignments} change what it decides by. A
 * controller's method is annotated {@link dev.patchbay.iam.access.Requires}, {@link dev.patchbay.iam.access.Authenticated} or
 * {@link dev.patchbay.iam.access.PermitAll}, and takes {@link dev.patchbay.iam.access.Caller} or
 * {@link dev.patchbay.iam.access.Identity} as an argument (docs/access.md).
 */
@NamedInterface("access")
@NullMarked
package dev.patchbay.iam.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
