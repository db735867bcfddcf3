/** Insights over HTTP. */
@NullMarked
package dev.patchbay.insights.web;

import org.jspecify.annotations.NullMarked;
