/** The parts of ingress that HTTP does not show: dispatch, partitions, contracts. */
@NullMarked
package dev.patchbay.ingress.internal;

import org.jspecify.annotations.NullMarked;
