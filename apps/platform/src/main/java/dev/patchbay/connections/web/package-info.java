/** The API of connections. */
@NullMarked
package dev.patchbay.connections.web;

import org.jspecify.annotations.NullMarked;
