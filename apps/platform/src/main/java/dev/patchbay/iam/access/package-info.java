/** Authorization: permissions, roles, assignments, and the one decision point {@link dev.patchbay.iam.access.Access}. */
@NamedInterface("access")
@NullMarked
package dev.patchbay.iam.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
