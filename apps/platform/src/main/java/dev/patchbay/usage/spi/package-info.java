/** The port through which usage reads what providers charge for; implemented by integrations. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.usage.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
