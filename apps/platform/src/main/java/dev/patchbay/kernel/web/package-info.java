/**
 * The edge that every controller shares: one correlation id a request, one limit for bodies, one handler that turns
 * every error into {@code application/problem+json} (RFC 9457).
 */
@NullMarked
package dev.patchbay.kernel.web;

import org.jspecify.annotations.NullMarked;
