package dev.patchbay.notifications.internal.notice;

/** The ways on which a notice reaches a person. */
enum Channel {
    /** The list in the portal. */
    APP,
    MAIL,
    SMS
}
