package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.PollSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Asks HighLevel's locations for appointments and messages that no webhook told us of. HighLevel loses an event for good
 * when it is answered anything but 2xx or 429, or nothing at all.
 */
@Component
class HighLevelPollSource implements PollSource {

    private final HighLevelAppointmentPoller appointments;
    private final HighLevelMessagePoller messages;

    HighLevelPollSource(HighLevelApi api) {
        this.appointments = new HighLevelAppointmentPoller(api);
        this.messages = new HighLevelMessagePoller(api);
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Set<String> streams() {
        return Set.of("appointments", "conversations");
    }

    /** An app's own connection receives webhooks and has no grant to read with; a location's has. */
    @Override
    public boolean reads(Account account) {
        return !locationId(account).isEmpty();
    }

    @Override
    public String webhooksThrough(Account account) {
        return account.settings()
                .path("webhooksThrough")
                .asString(account.connectionId().value());
    }

    @Override
    public Page read(Account account, String stream, Optional<String> cursor, Instant from) {
        return stream.equals("appointments")
                ? appointments.read(account, cursor, from)
                : messages.read(account, cursor, from);
    }

    static String locationId(Account account) {
        return account.settings().path("locationId").asString("");
    }
}
