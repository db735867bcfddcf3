package dev.patchbay.notifications;

import dev.patchbay.kernel.NoticeSeverity;

/** How a person wants the notices of a topic by mail. Notices in the portal's list are not chosen: they are all there. */
public enum DeliveryChoice {
    OFF,
    NOW,
    DIGEST;

    /** The choice of a person who made none. */
    public static DeliveryChoice defaultFor(NoticeSeverity severity) {
        return severity == NoticeSeverity.INFO ? DIGEST : NOW;
    }
}
