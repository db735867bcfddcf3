/**
 * Connections: accounts at providers, their sealed secrets, and which of them serves a client.
 * Front doors: {@link dev.patchbay.connections.Connections} for those who use them,
 * {@link dev.patchbay.connections.ConnectedAccounts} for those who look after them,
 * {@link dev.patchbay.connections.OAuthConnect} for owners who let us in, {@link dev.patchbay.connections.PortBindings} and
 * {@link dev.patchbay.connections.Routes} for whom they serve, {@link dev.patchbay.connections.WebhookAddresses},
 * {@link dev.patchbay.connections.TenantKeys}.
 * Ports: {@code connections.spi} (Consent, TokenRefresher, Probe, Directory), implemented by integrations, and ConnectionDependents, by flows. {@code connections.http} is the one way out to any provider.
 */
@ApplicationModule(allowedDependencies = {"iam :: access", "iam :: tenants"})
@NullMarked
package dev.patchbay.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
