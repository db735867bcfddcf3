package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.notifications.NoticePreferences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When and on which channels a person is told of a notice. */
final class DeliverySchedule {

    /** How long a server may take to accept the mail of a critical notice before the notice is texted. */
    static final Duration ESCALATION = Duration.ofMinutes(15);

    private DeliverySchedule() {}

    /** @param texted whether the person has confirmed a number, and this installation sends texts */
    static List<PlannedDelivery> plan(StoredNotice notice, NoticePreferences preferences, boolean texted, Instant now) {
        List<PlannedDelivery> deliveries = new ArrayList<>();
        deliveries.add(PlannedDelivery.inApp());
        if (notice.severity() == NoticeSeverity.CRITICAL) {
            deliveries.add(PlannedDelivery.at(Channel.MAIL, now));
            if (texted) {
                deliveries.add(
                        notice.topic().isTexted()
                                ? PlannedDelivery.at(Channel.SMS, now)
                                : PlannedDelivery.escalation(now.plus(ESCALATION)));
            }
            return deliveries;
        }
        switch (preferences.choice(notice.topic(), notice.severity())) {
            case OFF -> {
                // The list in the portal is enough for this person.
            }
            case NOW ->
                deliveries.add(preferences
                        .findQuietEnd(now)
                        .map(PlannedDelivery::inDigest)
                        .orElseGet(() -> PlannedDelivery.at(Channel.MAIL, now)));
            case DIGEST -> deliveries.add(PlannedDelivery.inDigest(preferences.nextDigest(now)));
        }
        return deliveries;
    }
}
