/** Reads JSON members strictly and collects the problems of a request, each as a JSON pointer and a sentence. */
@NullMarked
package dev.patchbay.billing.input;

import org.jspecify.annotations.NullMarked;
