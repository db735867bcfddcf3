@NullMarked
package dev.patchbay.usage.records;

import org.jspecify.annotations.NullMarked;
