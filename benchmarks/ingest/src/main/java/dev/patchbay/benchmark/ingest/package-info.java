/**
 * Load generator for the platform's ingress, in a process of its own. It sends signed webhooks at a fixed rate, or as fast as its
 * connections permit, and logs the response to each of them in a file. Entry point: {@link dev.patchbay.benchmark.ingest.Main}.
 * See benchmarks/README.md.
 */
@NullMarked
package dev.patchbay.benchmark.ingest;

import org.jspecify.annotations.NullMarked;
