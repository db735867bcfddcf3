/**
 * Acme Phones, a provider that does not exist: all that a fifth provider takes is in this folder, and nothing outside it knows
 * of it.
 */
@NullMarked
package dev.patchbay.integrations.acme;

import org.jspecify.annotations.NullMarked;
