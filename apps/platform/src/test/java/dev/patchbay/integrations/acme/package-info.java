/**
 * Acme Phones, a fictitious provider: everything that a further provider needs is in this package, and nothing outside refers to
 * it.
 */
@NullMarked
package dev.patchbay.integrations.acme;

import org.jspecify.annotations.NullMarked;
