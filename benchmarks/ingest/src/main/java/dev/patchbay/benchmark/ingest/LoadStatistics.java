package dev.patchbay.benchmark.ingest;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Latencies and statuses of the requests that were due inside the measuring window, and the throughput inside it. */
final class LoadStatistics {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final long windowStart;
    private final long windowEnd;
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long stored;
    private long responses;

    /** The window is given by {@link System#nanoTime}. */
    LoadStatistics(long windowStart, long windowEnd) {
        this.windowStart = windowStart;
        this.windowEnd = windowEnd;
    }

    /** @param status of the response; 0 when there was none */
    void record(PendingRequest request, int status, long now) {
        if (request.intendedAt() >= windowStart && request.intendedAt() < windowEnd) {
            statuses.merge(status, 1L, Long::sum);
            latencies.recordValue(Math.max(0, now - request.intendedAt()) / 1_000);
        }
        // Throughput counts the responses inside the window, whenever their requests were sent.
        if (status > 0 && now >= windowStart && now < windowEnd) {
            responses++;
            stored += status == 202 ? 1 : 0;
        }
    }

    /**
     * @param seconds the length of the window
     * @param perSecond newly stored webhooks
     * @param answeredPerSecond responses of every status
     * @param measured the number of requests with a latency
     * @param statuses the number of requests by HTTP status; 0 for no response
     * @param p50 median latency in milliseconds; the other percentiles and the maximum likewise
     */
    record Summary(
            double seconds,
            double perSecond,
            double answeredPerSecond,
            long measured,
            Map<Integer, Long> statuses,
            double p50,
            double p99,
            double p999,
            double max) {}

    Summary summary() {
        double seconds = (windowEnd - windowStart) / 1e9;
        return new Summary(
                seconds,
                stored / seconds,
                responses / seconds,
                latencies.getTotalCount(),
                statuses,
                latencyMillis(50),
                latencyMillis(99),
                latencyMillis(99.9),
                latencies.getMaxValue() / 1_000.0);
    }

    private double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }
}
