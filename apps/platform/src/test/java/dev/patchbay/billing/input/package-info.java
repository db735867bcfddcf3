@NullMarked
package dev.patchbay.billing.input;

import org.jspecify.annotations.NullMarked;
