@NullMarked
package dev.patchbay.billing;

import org.jspecify.annotations.NullMarked;
