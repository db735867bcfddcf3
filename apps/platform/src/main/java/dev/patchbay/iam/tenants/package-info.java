/** Tenants (agencies) and the clients (businesses) they serve. */
@NamedInterface("tenants")
@NullMarked
package dev.patchbay.iam.tenants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
