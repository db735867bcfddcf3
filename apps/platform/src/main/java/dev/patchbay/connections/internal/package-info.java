/** How connections are kept: rows, sealed secrets, one token refresh at a time. */
@NullMarked
package dev.patchbay.connections.internal;

import org.jspecify.annotations.NullMarked;
