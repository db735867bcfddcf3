/** The port of flows: owners of effects that no run made. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.flows.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
