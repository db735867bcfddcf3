/** Users, groups and invitations. */
@NamedInterface("people")
@NullMarked
package dev.patchbay.iam.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
