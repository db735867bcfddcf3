@NullMarked
package dev.patchbay.billing.schedule;

import org.jspecify.annotations.NullMarked;
