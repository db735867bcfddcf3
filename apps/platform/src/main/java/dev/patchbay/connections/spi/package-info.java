/** Ports of connections: adapters implement how accounts at a provider are connected, checked, listed and kept authorized. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.connections.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
