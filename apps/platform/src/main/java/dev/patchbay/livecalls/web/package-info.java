/** Live calls over HTTP. */
@NullMarked
package dev.patchbay.livecalls.web;

import org.jspecify.annotations.NullMarked;
