@NullMarked
package dev.patchbay.usage.canary;

import org.jspecify.annotations.NullMarked;
