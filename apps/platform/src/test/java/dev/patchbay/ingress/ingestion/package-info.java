/** Ingestion below HTTP: batches, limits, contracts, rejections. */
@NullMarked
package dev.patchbay.ingress.ingestion;

import org.jspecify.annotations.NullMarked;
