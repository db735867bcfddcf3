/** The ports of ingress: verifier, normaliser, poll source and live protocol of a provider; consumers and owners of personal data. */
@NamedInterface("spi")
@NullMarked
package dev.patchbay.ingress.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
