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
 * One token bucket for each sender, in this process. A bucket nobody has used for two minutes is full again and is forgotten, and
 * there are never more than {@value #MOST}: strangers cannot make it grow.
 */
final class RequestRateLimiter {

    static final int MOST = 50_000;
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
                .maximumSize(MOST)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .ticker(time::currentTimeNanos)
                .build();
    }

    /**
     * Takes one and says in the answer's headers what is left (draft-ietf-httpapi-ratelimit-headers); where none is left the
     * request is answered.
     *
     * @return whether the request may go on
     */
    boolean take(String sender, HttpServletRequest request, HttpServletResponse response, ProblemWriter problems)
            throws IOException {
        ConsumptionProbe probe = of(sender).tryConsumeAndReturnRemaining(1);
        tell(response, probe.getRemainingTokens(), probe.getNanosToWaitForReset());
        if (!probe.isConsumed()) {
            refuse(request, response, problems, probe.getNanosToWaitForRefill());
        }
        return probe.isConsumed();
    }

    /** As {@link #take}, but takes nothing. */
    boolean allows(String sender, HttpServletRequest request, HttpServletResponse response, ProblemWriter problems)
            throws IOException {
        Bucket known = buckets.getIfPresent(sender);
        if (known == null) {
            return true;
        }
        var estimate = known.estimateAbilityToConsume(1);
        if (!estimate.canBeConsumed()) {
            tell(response, 0, estimate.getNanosToWaitForRefill());
            refuse(request, response, problems, estimate.getNanosToWaitForRefill());
        }
        return estimate.canBeConsumed();
    }

    /** Takes one where there is one. */
    void count(String sender) {
        of(sender).tryConsume(1);
    }

    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket of(String sender) {
        return buckets.get(
                sender,
                unseen -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(limit)
                                .refillGreedy(limit, WINDOW)
                                .build())
                        .withCustomTimePrecision(time)
                        .build());
    }

    private void tell(HttpServletResponse response, long left, long nanosToReset) {
        response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(name, limit, WINDOW.toSeconds()));
        response.setHeader("RateLimit", "\"%s\";r=%d;t=%d".formatted(name, left, seconds(nanosToReset)));
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemWriter problems, long nanosToRefill)
            throws IOException {
        long wait = Math.max(1, seconds(nanosToRefill));
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.RATE_LIMITED,
                        "Send it again in %d s, and no more than %d a minute (limit \"%s\")."
                                .formatted(wait, limit, name)));
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
