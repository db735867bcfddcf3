/**
 * Connections: accounts at providers, their sealed secrets, and which of them serves a client.
 * Front door: {@link dev.patchbay.connections.Connections}. Port: {@code connections.spi.TokenRefresher}, implemented by
 * integrations. {@code connections.http} is the one way out to any provider.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.patchbay.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
