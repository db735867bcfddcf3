package dev.patchbay.notifications.internal;

/** How far a mail has come; the column {@code mail.status} follows from the times of the row. */
enum MailStatus {
    /** Due now or later, or being sent under a lease. */
    QUEUED,
    /** The server accepted it. */
    SENT,
    /** It expired, or every attempt failed. */
    FAILED;

    /** Whether the status may follow this one. */
    boolean mayBecome(MailStatus next) {
        return this == QUEUED && next != QUEUED;
    }
}
