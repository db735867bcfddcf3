package dev.patchbay.benchmark.ingest;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was measured: latencies and statuses of the requests that were meant to be sent inside the window. */
final class LoadStatistics {

    private static final int DIGITS = 3;

    private final long opens;
    private final long closes;
    private final Histogram latencies = new Histogram(DIGITS);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long stored;
    private long answered;

    /** @param opens and {@code closes}: the window, by {@link System#nanoTime} */
    LoadStatistics(long opens, long closes) {
        this.opens = opens;
        this.closes = closes;
    }

    /** @param status 0 when there was no answer */
    void count(PendingRequest pendingRequest, int status, long now) {
        if (pendingRequest.intendedAt() >= opens && pendingRequest.intendedAt() < closes) {
            statuses.merge(status, 1L, Long::sum);
            latencies.recordValue(Math.max(0, now - pendingRequest.intendedAt()) / 1_000);
        }
        // Throughput is what came back inside the window, whenever it was sent.
        if (status > 0 && now >= opens && now < closes) {
            answered++;
            stored += status == 202 ? 1 : 0;
        }
    }

    /**
     * @param perSecond newly stored webhooks
     * @param answeredPerSecond answers of every kind
     * @param measured requests whose latency counts
     * @param p50 and the others: milliseconds
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
        double seconds = (closes - opens) / 1e9;
        return new Summary(
                seconds,
                stored / seconds,
                answered / seconds,
                latencies.getTotalCount(),
                statuses,
                millis(50),
                millis(99),
                millis(99.9),
                latencies.getMaxValue() / 1_000.0);
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }
}
