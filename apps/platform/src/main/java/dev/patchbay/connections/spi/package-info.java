/** What a provider's adapter implements for connections. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.connections.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
