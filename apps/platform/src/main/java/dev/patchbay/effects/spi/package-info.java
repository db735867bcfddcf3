/** The ports a flow calls, in our words; adapters speak the vendors'. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.effects.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
