/** Flow definitions: drafts, active and retired versions, and which client they serve. */
@NullMarked
package dev.patchbay.flows.internal.definition;

import org.jspecify.annotations.NullMarked;
