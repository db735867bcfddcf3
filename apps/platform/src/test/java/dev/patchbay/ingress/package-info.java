/** Ingress on the whole platform: webhooks over HTTP, real PostgreSQL. */
@NullMarked
package dev.patchbay.ingress;

import org.jspecify.annotations.NullMarked;
