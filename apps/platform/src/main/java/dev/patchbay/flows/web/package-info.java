/** Flows and runs over HTTP. */
@NullMarked
package dev.patchbay.flows.web;

import org.jspecify.annotations.NullMarked;
