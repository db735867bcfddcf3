/**
 * Users, groups and invitations: {@link dev.patchbay.iam.people.Users}, {@link dev.patchbay.iam.people.Groups},
 * {@link dev.patchbay.iam.people.Invitations}. {@link dev.patchbay.iam.people.UserProvisioning} decides which user a verified
 * identity is; {@link dev.patchbay.iam.people.Memberships} finds the tenants where the same person is a user.
 */
@NamedInterface("people")
@NullMarked
package dev.patchbay.iam.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
