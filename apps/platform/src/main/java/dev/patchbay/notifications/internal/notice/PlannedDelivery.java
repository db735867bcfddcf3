package dev.patchbay.notifications.internal.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * A delivery to one person on one channel, before it is stored.
 *
 * @param due empty for {@link Channel#APP}, which is delivered by being stored
 * @param digest whether it is sent together with the person's other notices of that moment
 * @param escalation whether it is sent only when no server has accepted the mail by then
 */
record PlannedDelivery(Channel channel, Optional<Instant> due, boolean digest, boolean escalation) {

    static PlannedDelivery inApp() {
        return new PlannedDelivery(Channel.APP, Optional.empty(), false, false);
    }

    static PlannedDelivery at(Channel channel, Instant due) {
        return new PlannedDelivery(channel, Optional.of(due), false, false);
    }

    static PlannedDelivery inDigest(Instant window) {
        return new PlannedDelivery(Channel.MAIL, Optional.of(window), true, false);
    }

    static PlannedDelivery escalation(Instant due) {
        return new PlannedDelivery(Channel.SMS, Optional.of(due), false, true);
    }
}
