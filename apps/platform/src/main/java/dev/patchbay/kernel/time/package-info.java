/**
 * Reads dates and times as people and language models write them, for calls and flows alike: {@link
 * dev.patchbay.kernel.time.TimeReader}.
 */
@NullMarked
package dev.patchbay.kernel.time;

import org.jspecify.annotations.NullMarked;
