package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts requests by location. A location may send 100 in a sliding window of 10 seconds and 200,000 in a day (UTC), unless its
 * account sets {@code rateLimit} and {@code rateLimitDay}.
 */
final class HighLevelRateLimit {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Usage> usages = new HashMap<>();

    HighLevelRateLimit(Clock clock) {
        this.clock = clock;
    }

    /** Counts a request, unless it exceeds a limit. */
    Budget count(ObjectNode location) {
        int limit = location.path("rateLimit").asInt(100);
        int dailyLimit = location.path("rateLimitDay").asInt(200_000);
        Usage usage = usages.computeIfAbsent(Json.text(location, "id"), id -> new Usage());
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        usage.advanceTo(now.minus(WINDOW), today);
        boolean exceeded = usage.window.size() >= limit || usage.dayCount >= dailyLimit;
        if (!exceeded) {
            usage.window.addLast(now);
            usage.dayCount++;
        }
        Duration retryAfter = usage.dayCount < dailyLimit
                ? WINDOW
                : Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC));
        return new Budget(
                limit, limit - usage.window.size(), dailyLimit, dailyLimit - usage.dayCount, exceeded, retryAfter);
    }

    /** The requests of a location in the current window and day. */
    private static final class Usage {
        private final Deque<Instant> window = new ArrayDeque<>();
        private LocalDate day = LocalDate.EPOCH;
        private int dayCount;

        void advanceTo(Instant windowStart, LocalDate today) {
            while (!window.isEmpty() && !window.getFirst().isAfter(windowStart)) {
                window.removeFirst();
            }
            if (!day.equals(today)) {
                day = today;
                dayCount = 0;
            }
        }
    }

    /**
     * The limits of a location after a request.
     *
     * @param exceeded whether the request exceeded a limit and was not counted
     * @param retryAfter how long the caller should wait if it did
     */
    record Budget(int limit, int remaining, int dailyLimit, int dailyRemaining, boolean exceeded, Duration retryAfter) {

        Map<String, String> headers() {
            return Map.of(
                    "X-RateLimit-Max", Integer.toString(limit),
                    "X-RateLimit-Remaining", Integer.toString(remaining),
                    "X-RateLimit-Interval-Milliseconds", Long.toString(WINDOW.toMillis()),
                    "X-RateLimit-Limit-Daily", Integer.toString(dailyLimit),
                    "X-RateLimit-Daily-Remaining", Integer.toString(dailyRemaining));
        }
    }
}
