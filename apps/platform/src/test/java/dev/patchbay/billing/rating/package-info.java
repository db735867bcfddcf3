@NullMarked
package dev.patchbay.billing.rating;

import org.jspecify.annotations.NullMarked;
