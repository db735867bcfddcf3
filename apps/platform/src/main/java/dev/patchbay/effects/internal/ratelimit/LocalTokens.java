package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.time.Instant;

/** What this process may still send for one client of a bucket before the window ends, and who waits for more. */
final class LocalTokens {

    private static final Duration LONGEST = TokenLeaseRepository.LONGEST_WAIT;

    private final TokenLeaseRepository tokenLeaseRepository;
    private final Bucket bucket;
    private Instant window = Instant.MIN;
    private Instant ends = Instant.MIN;
    private int tokens;
    private int used;
    private Instant empty = Instant.MIN;
    private Instant turn = Instant.MIN;

    LocalTokens(TokenLeaseRepository tokenLeaseRepository, Bucket bucket) {
        this.tokenLeaseRepository = tokenLeaseRepository;
        this.bucket = bucket;
    }

    /** Takes what a call costs, and says zero; or says when to come again. */
    synchronized Duration take(Quota quota, Instant now) {
        RateWindow rateWindow = RateWindow.of(quota);
        turnTo(rateWindow, now);
        if (tokens < quota.cost() && !now.isBefore(empty)) {
            // As many again as were used in this window: who sends little leaves the rest to others.
            Instant waits = later(now, turn).plus(rateWindow.window());
            switch (tokenLeaseRepository.ask(bucket, quota, Math.max(quota.cost(), used), now, waits)) {
                case TokenLease.Granted granted -> tokens += granted.tokens();
                case TokenLease.Empty none -> isEmpty(none.until(), rateWindow, now);
            }
        }
        if (tokens < quota.cost()) {
            return queue(rateWindow.pace(quota), now);
        }
        tokens -= quota.cost();
        used += quota.cost();
        return Duration.ZERO;
    }

    private void turnTo(RateWindow rateWindow, Instant now) {
        if (!now.isBefore(ends)) {
            window = rateWindow.start(now);
            ends = rateWindow.end(now);
            tokens = 0;
            used = used / 2;
        }
    }

    /** Others may leave off waiting sooner than what was taken is given free: ask again in the next window. */
    private void isEmpty(Instant until, RateWindow rateWindow, Instant now) {
        empty = until.isBefore(rateWindow.end(now)) ? until : rateWindow.end(now);
        turn = later(turn, until);
    }

    /** Those who wait are told to come one after the other, as room comes. */
    private Duration queue(Duration pace, Instant now) {
        Instant soonest = later(empty, now.plusMillis(1));
        // More than can have their turn within the longest wait: they share the turns there are.
        turn = turn.isAfter(now.plus(LONGEST)) ? soonest : later(turn, soonest);
        Duration wait = Duration.between(now, turn);
        turn = turn.plus(pace);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** Gives back what was taken for a call that was not made, as long as the window lasts. */
    synchronized void giveBack(Quota quota, Instant now) {
        if (!now.isBefore(window) && now.isBefore(ends)) {
            tokens += quota.cost();
            used -= quota.cost();
        }
    }

    synchronized void close(Instant until) {
        tokens = 0;
        empty = later(empty, until);
    }

    synchronized boolean isIdle(Instant now) {
        return !now.isBefore(ends) && !now.isBefore(turn) && !now.isBefore(empty);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
