package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.time.Instant;

/** The tokens that this process may still use for one client of a bucket in the current window, and the turns of waiting calls. */
final class LocalTokens {

    private static final Duration MAX_WAIT = TokenLeaseRepository.MAX_WAIT;

    private final TokenLeaseRepository leases;
    private final Bucket bucket;
    private Instant windowStart = Instant.MIN;
    private Instant windowEnd = Instant.MIN;
    private int tokens;
    private int used;
    private Instant emptyUntil = Instant.MIN;
    private Instant nextTurn = Instant.MIN;

    LocalTokens(TokenLeaseRepository leases, Bucket bucket) {
        this.leases = leases;
        this.bucket = bucket;
    }

    /** Takes the tokens of one call and returns zero, or returns how long the call must wait before it tries again. */
    synchronized Duration take(Quota quota, Instant now) {
        RateWindow rateWindow = RateWindow.of(quota);
        rollWindow(rateWindow, now);
        if (tokens < quota.cost() && !now.isBefore(emptyUntil)) {
            // As many again as were used in this window, so that a process that sends little leaves the rest to others.
            Instant waitsUntil = later(now, nextTurn).plus(rateWindow.window());
            switch (leases.lease(bucket, quota, Math.max(quota.cost(), used), now, waitsUntil)) {
                case TokenLease.Granted granted -> tokens += granted.tokens();
                case TokenLease.Empty none -> markEmpty(none.until(), rateWindow, now);
            }
        }
        if (tokens < quota.cost()) {
            return scheduleTurn(rateWindow.pace(quota), now);
        }
        tokens -= quota.cost();
        used += quota.cost();
        return Duration.ZERO;
    }

    private void rollWindow(RateWindow rateWindow, Instant now) {
        if (!now.isBefore(windowEnd)) {
            windowStart = rateWindow.start(now);
            windowEnd = rateWindow.end(now);
            tokens = 0;
            used = used / 2;
        }
    }

    /** Other clients may stop waiting before tokens become free: ask again in the next window. */
    private void markEmpty(Instant until, RateWindow rateWindow, Instant now) {
        emptyUntil = until.isBefore(rateWindow.end(now)) ? until : rateWindow.end(now);
        nextTurn = later(nextTurn, until);
    }

    /** Spreads waiting calls over time, as tokens become free. */
    private Duration scheduleTurn(Duration pace, Instant now) {
        Instant soonest = later(emptyUntil, now.plusMillis(1));
        // More calls than have turns within the longest wait share those turns.
        nextTurn = nextTurn.isAfter(now.plus(MAX_WAIT)) ? soonest : later(nextTurn, soonest);
        Duration wait = Duration.between(now, nextTurn);
        nextTurn = nextTurn.plus(pace);
        return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    /** Returns the tokens of a call that was not made, while the window lasts. */
    synchronized void refund(Quota quota, Instant now) {
        if (!now.isBefore(windowStart) && now.isBefore(windowEnd)) {
            tokens += quota.cost();
            used -= quota.cost();
        }
    }

    synchronized void close(Instant until) {
        tokens = 0;
        emptyUntil = later(emptyUntil, until);
    }

    synchronized boolean isIdle(Instant now) {
        return !now.isBefore(windowEnd) && !now.isBefore(nextTurn) && !now.isBefore(emptyUntil);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
