/** The ports of iam: HTTP to the OIDC issuer, and mail for invitations. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.iam.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
