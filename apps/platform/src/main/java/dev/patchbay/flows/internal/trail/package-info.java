/** What runs, live calls and acts have left behind, read for questions across contexts. */
@NullMarked
package dev.patchbay.flows.internal.trail;

import org.jspecify.annotations.NullMarked;
