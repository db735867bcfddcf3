package dev.patchbay.benchmark.ingest;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The load to generate.
 *
 * @param prefix begins each id; lower-case letters and digits
 * @param connections the maximum number of requests in flight
 * @param leadIn the time before measuring; its requests are sent and logged, but not measured
 * @param duration the time of measuring
 * @param grace how long to wait for responses after that
 * @param perSecond arrivals a second at fixed times, whether or not responses came (open loop); 0: each connection sends its next
 *     request when it has its response (closed loop)
 * @param duplicates of a hundred requests, the number that repeat a recent id
 * @param retries how often a request without a response, or with 429 or 5xx, is sent again; for every second id only, so that both
 *     cases occur
 * @param maxRequests the maximum number of requests
 * @param stopFile when this file appears, the load ends early
 * @param responseFile gets one line a request ({@link ResponseLog})
 */
record LoadPlan(
        String prefix,
        int connections,
        Duration leadIn,
        Duration duration,
        Duration grace,
        int perSecond,
        int duplicates,
        int retries,
        long maxRequests,
        Path stopFile,
        Path responseFile) {

    static LoadPlan of(CommandLine options) {
        return new LoadPlan(
                options.text("prefix"),
                options.number("connections", 64),
                Duration.ofSeconds(options.number("lead-in", 2)),
                Duration.ofSeconds(options.number("seconds", 10)),
                Duration.ofSeconds(options.number("grace", 15)),
                options.number("rate", 0),
                options.number("duplicates", 0),
                options.number("retries", 0),
                options.number("most", 2_000_000),
                Path.of(options.text("stop", options.text("answers") + ".stop")),
                Path.of(options.text("answers")));
    }

    boolean isOpenLoop() {
        return perSecond > 0;
    }
}
