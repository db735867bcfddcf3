package dev.patchbay.notifications;

import java.time.Instant;

/**
 * A mail to one person.
 *
 * @param html the same as {@code text}, for programs that show it; whatever came from people is escaped in it
 * @param until when it is of no use any more; what could not be sent before is not sent
 */
public record Mail(String to, String subject, String text, String html, Instant until) {

    /** Addresses and links are in no log. */
    @Override
    public String toString() {
        return "Mail";
    }
}
