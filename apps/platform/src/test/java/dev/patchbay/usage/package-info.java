@NullMarked
package dev.patchbay.usage;

import org.jspecify.annotations.NullMarked;
