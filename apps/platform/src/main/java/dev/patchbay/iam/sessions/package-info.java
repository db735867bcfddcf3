/** Sessions of signed-in users: {@link dev.patchbay.iam.sessions.Sessions}. */
@NamedInterface("sessions")
@NullMarked
package dev.patchbay.iam.sessions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
