/**
 * Load for the platform's ingress, as a process of its own: signed webhooks on a fixed schedule or as fast as a number of
 * connections allows, each with a line in a file that says what it was answered. See benchmarks/README.md.
 */
@NullMarked
package dev.patchbay.benchmark.ingest;

import org.jspecify.annotations.NullMarked;
