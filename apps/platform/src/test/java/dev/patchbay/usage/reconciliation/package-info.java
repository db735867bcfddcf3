@NullMarked
package dev.patchbay.usage.reconciliation;

import org.jspecify.annotations.NullMarked;
