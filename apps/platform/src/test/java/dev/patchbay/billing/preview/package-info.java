@NullMarked
package dev.patchbay.billing.preview;

import org.jspecify.annotations.NullMarked;
