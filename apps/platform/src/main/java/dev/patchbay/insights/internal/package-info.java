/** How a timeline is gathered from its contexts and put into words. */
@NullMarked
package dev.patchbay.insights.internal;

import org.jspecify.annotations.NullMarked;
