@NullMarked
package dev.patchbay.usage.collection;

import org.jspecify.annotations.NullMarked;
