package dev.patchbay.benchmark.ingest;

/**
 * A request that is on its way.
 *
 * @param number of the id, counted from 0
 * @param intendedAt when it should have been sent, by {@link System#nanoTime}: latency counts from here, so that a slow
 *     answer also counts for those that had to wait behind it
 * @param attempt 0 for the first
 */
record PendingRequest(String id, long number, long intendedAt, int attempt) {}
