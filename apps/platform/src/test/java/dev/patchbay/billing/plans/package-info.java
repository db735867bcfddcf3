@NullMarked
package dev.patchbay.billing.plans;

import org.jspecify.annotations.NullMarked;
