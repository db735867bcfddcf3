@NullMarked
package dev.patchbay.billing.terms;

import org.jspecify.annotations.NullMarked;
