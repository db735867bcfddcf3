/** Executes actions: checks the input, claims the effect, looks up an unknown outcome or sends the request. */
@NullMarked
package dev.patchbay.effects.internal.action;

import org.jspecify.annotations.NullMarked;
