package dev.patchbay.notifications.internal.notice;

/** How far the delivery of a notice to one person on one channel has come. */
enum DeliveryState {
    /** Due now or later, or being sent under a lease. */
    WAITING,
    /** In the list, handed over to the outbox of mails, or accepted by the carrier. */
    DONE,
    /** Not needed any more, or not possible for this person. */
    SKIPPED,
    /** Every attempt failed, or its outcome cannot be found out. */
    FAILED;

    boolean mayBecome(DeliveryState next) {
        return this == WAITING && next != WAITING;
    }
}
