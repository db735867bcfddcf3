/** Reads JSON members strictly, and collects what is wrong with them: a JSON pointer and a sentence each. */
@NullMarked
package dev.patchbay.billing.input;

import org.jspecify.annotations.NullMarked;
