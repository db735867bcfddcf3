/** Implements connections: repositories, sealed secrets, token refresh, health checks and key rotation. */
@NullMarked
package dev.patchbay.connections.internal;

import org.jspecify.annotations.NullMarked;
