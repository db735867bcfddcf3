package dev.patchbay.notifications;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;

/**
 * A mail to one person.
 *
 * @param html the same content as {@code text}; texts that people entered are escaped in it
 * @param expiresAt when the mail is no longer of use; it is not sent from then on
 */
public record Mail(
        String to,
        String subject,
        String text,
        String html,
        @JsonAlias("until") Instant expiresAt) {

    /** Keeps addresses and links out of logs. */
    @Override
    public String toString() {
        return "Mail";
    }
}
