/**
 * Tenants (agencies) and their clients (the businesses they serve): {@link dev.patchbay.iam.tenants.Tenants} and
 * {@link dev.patchbay.iam.tenants.Clients}.
 */
@NamedInterface("tenants")
@NullMarked
package dev.patchbay.iam.tenants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
