/** Terms of plans: read from JSON, with everything that makes no sense refused. */
@NullMarked
package dev.patchbay.billing.terms;

import org.jspecify.annotations.NullMarked;
