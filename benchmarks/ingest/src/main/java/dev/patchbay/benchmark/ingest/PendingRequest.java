package dev.patchbay.benchmark.ingest;

/**
 * A request that is sent or about to be sent.
 *
 * @param number of the id, counted from 0
 * @param intendedAt when it was due, by {@link System#nanoTime}. Latency counts from here, so that a slow response also counts for
 *     the requests that waited behind it
 * @param attempt 0 for the first
 */
record PendingRequest(String id, long number, long intendedAt, int attempt) {}
