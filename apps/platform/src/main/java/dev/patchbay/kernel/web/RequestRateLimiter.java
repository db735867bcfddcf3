package dev.patchbay.kernel.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;

/**
 * A token bucket for each sender, in this process. A bucket that was idle for two minutes is full again and is evicted. There are
 * at most {@value #MAX_SENDERS}, so that unauthenticated senders cannot exhaust the memory.
 */
final class RequestRateLimiter {

    static final int MAX_SENDERS = 50_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final String name;
    private final int limit;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    RequestRateLimiter(String name, int limit, Clock clock) {
        this.name = name;
        this.limit = limit;
        this.time = new ClockMeter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_SENDERS)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .ticker(time::currentTimeNanos)
                .build();
    }

    /**
     * Consumes one token, writes the rate limit headers (draft-ietf-httpapi-ratelimit-headers), and answers the request when
     * there was no token.
     *
     * @return whether the request may proceed
     */
    boolean consume(String sender, HttpServletRequest request, HttpServletResponse response, ProblemWriter problems)
            throws IOException {
        ConsumptionProbe probe = bucketOf(sender).tryConsumeAndReturnRemaining(1);
        writeHeaders(response, probe.getRemainingTokens(), probe.getNanosToWaitForReset());
        if (!probe.isConsumed()) {
            reject(request, response, problems, probe.getNanosToWaitForRefill());
        }
        return probe.isConsumed();
    }

    /** As {@link #consume}, but consumes no token. */
    boolean check(String sender, HttpServletRequest request, HttpServletResponse response, ProblemWriter problems)
            throws IOException {
        Bucket bucket = buckets.getIfPresent(sender);
        if (bucket == null) {
            return true;
        }
        var estimate = bucket.estimateAbilityToConsume(1);
        if (!estimate.canBeConsumed()) {
            writeHeaders(response, 0, estimate.getNanosToWaitForRefill());
            reject(request, response, problems, estimate.getNanosToWaitForRefill());
        }
        return estimate.canBeConsumed();
    }

    /** Consumes a token where there is one, and answers nothing. */
    void consumeSilently(String sender) {
        bucketOf(sender).tryConsume(1);
    }

    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucketOf(String sender) {
        return buckets.get(
                sender,
                newSender -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(limit)
                                .refillGreedy(limit, WINDOW)
                                .build())
                        .withCustomTimePrecision(time)
                        .build());
    }

    private void writeHeaders(HttpServletResponse response, long remaining, long nanosToReset) {
        response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(name, limit, WINDOW.toSeconds()));
        response.setHeader("RateLimit", "\"%s\";r=%d;t=%d".formatted(name, remaining, seconds(nanosToReset)));
    }

    private void reject(
            HttpServletRequest request, HttpServletResponse response, ProblemWriter problems, long nanosToRefill)
            throws IOException {
        long wait = Math.max(1, seconds(nanosToRefill));
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.RATE_LIMITED,
                        "Send it again in %d s. The limit \"%s\" allows %d requests a minute."
                                .formatted(wait, name, limit)));
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
