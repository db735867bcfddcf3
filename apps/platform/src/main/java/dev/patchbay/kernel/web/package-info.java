/**
 * Shared by every controller: correlation ids, security headers, limits of bodies and rates, and one handler that turns every
 * error into {@code application/problem+json} (RFC 9457), with a page behind each problem type.
 */
@NullMarked
package dev.patchbay.kernel.web;

import org.jspecify.annotations.NullMarked;
