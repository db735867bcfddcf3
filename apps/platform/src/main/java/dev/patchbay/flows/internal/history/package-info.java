/** What runs, live calls and acts have left behind, read for questions across contexts. */
@NullMarked
package dev.patchbay.flows.internal.history;

import org.jspecify.annotations.NullMarked;
