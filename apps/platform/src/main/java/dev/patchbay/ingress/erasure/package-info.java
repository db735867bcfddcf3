/** Erases the personal data of one person, here and in every context that implements {@code spi.PersonalData}. */
@NullMarked
package dev.patchbay.ingress.erasure;

import org.jspecify.annotations.NullMarked;
