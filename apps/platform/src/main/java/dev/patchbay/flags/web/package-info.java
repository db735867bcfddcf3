/** The API of feature flags, and their evaluation by OFREP. */
@NullMarked
package dev.patchbay.flags.web;

import org.jspecify.annotations.NullMarked;
