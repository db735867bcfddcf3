/** One attempt at a call of a port, for runs and for live calls alike: checked, claimed, looked up or sent. */
@NullMarked
package dev.patchbay.flows.internal.act;

import org.jspecify.annotations.NullMarked;
