/** Collects usage from providers: in passes over a window of time, on a schedule and on request, one at a time per connection. */
@NullMarked
package dev.patchbay.usage.collection;

import org.jspecify.annotations.NullMarked;
