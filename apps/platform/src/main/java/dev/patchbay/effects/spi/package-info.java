/** The ports that a flow calls, in the words of Patchbay; adapters translate them to the vendors' APIs. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.effects.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
