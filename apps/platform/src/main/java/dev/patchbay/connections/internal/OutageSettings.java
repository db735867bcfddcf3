package dev.patchbay.connections.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a connection counts as away, how its provider is looked for, and how calls resume.
 *
 * @param pollInterval how often a process reads the outages that others found, and looks for due self-tests
 * @param failures how many failed calls in a row, of two runs at least, let a self-test decide
 * @param failureWindow the time within which they must fall
 * @param firstLook the time from one self-test to the next, which doubles
 * @param maxLook the greatest time between two self-tests
 * @param releaseInterval how often waiting runs continue once the provider answers: one at first
 * @param paceDoubling the time after which twice as many continue each time
 * @param maxPace the most that continue each time
 * @param tellAfter how long an outage lasts before people are told
 */
@ConfigurationProperties("patchbay.outages")
record OutageSettings(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("5") int failures,
        @DefaultValue("30s") Duration failureWindow,
        @DefaultValue("30s") Duration firstLook,
        @DefaultValue("5m") Duration maxLook,
        @DefaultValue("1s") Duration releaseInterval,
        @DefaultValue("10s") Duration paceDoubling,
        @DefaultValue("64") int maxPace,
        @DefaultValue("10m") Duration tellAfter) {

    /** How many runs continue at once, that long after the provider answered again. */
    int pace(Duration recovering) {
        long doublings = recovering.toMillis() / Math.max(1, paceDoubling.toMillis());
        return doublings >= Integer.SIZE - 2 ? maxPace : Math.min(maxPace, 1 << doublings);
    }
}
