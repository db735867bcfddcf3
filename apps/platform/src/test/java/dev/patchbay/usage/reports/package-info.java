@NullMarked
package dev.patchbay.usage.reports;

import org.jspecify.annotations.NullMarked;
