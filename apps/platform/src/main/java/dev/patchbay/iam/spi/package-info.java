/** What identity and access needs from outside: a way to the OIDC issuer, and a way to send invitations. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.iam.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
