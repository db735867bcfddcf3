package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.kernel.ConnectionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Polls HighLevel's locations for appointments and messages whose webhooks were lost. HighLevel retries a webhook only after a
 * 429 (HighLevel Marketplace, "Webhook Integration Guide"); any other failed delivery loses the event.
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

    /** A location's connection has a grant to read with; an app's own connection only receives webhooks. */
    @Override
    public boolean canPoll(Account account) {
        return !locationId(account).isEmpty();
    }

    @Override
    public ConnectionId webhookConnection(Account account) {
        String appConnection = account.settings().path("webhooksThrough").asString("");
        return appConnection.isEmpty() ? account.connectionId() : new ConnectionId(appConnection);
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
