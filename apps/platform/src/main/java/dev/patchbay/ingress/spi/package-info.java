/** What a provider's adapter implements for ingress, and what consumes stored events. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.ingress.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
