/**
 * Connections: accounts at providers, their sealed secrets, and which of them serves a client.
 * Entry points: {@link dev.patchbay.connections.Connections} for contexts that call providers or receive their webhooks;
 * {@link dev.patchbay.connections.ConnectedAccounts}, {@link dev.patchbay.connections.OAuthConnect},
 * {@link dev.patchbay.connections.PortBindings}, {@link dev.patchbay.connections.Routes},
 * {@link dev.patchbay.connections.WebhookAddresses} and {@link dev.patchbay.connections.TenantKeys} for people;
 * {@link dev.patchbay.connections.Outages} for contexts that wait for a provider that is away;
 * {@link dev.patchbay.connections.Sealing} for contexts that store data sealed. Publishes
 * {@link dev.patchbay.connections.RouteMapped}.
 * Ports in {@code connections.spi}: AuthorizationCodeGrant, TokenRefresher, Probe and ResourceLister, implemented by
 * integrations, and ConnectionDependents, implemented by flows. Every request to a provider leaves by
 * {@code connections.http}.
 */
@ApplicationModule(allowedDependencies = {"iam", "iam :: access", "iam :: tenants"})
@NullMarked
package dev.patchbay.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
