package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectionState;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells people when a connection becomes unusable, and when it works again, in the transaction of the change. */
@Component
class ConnectionNotices {

    private final ApplicationEventPublisher events;

    ConnectionNotices(ApplicationEventPublisher events) {
        this.events = events;
    }

    /**
     * A change of a connection's state.
     *
     * @param since when it came into the new state
     * @param reason why it is unusable; null when it is not
     */
    record StateChange(
            TenantId tenant,
            ConnectionId id,
            String name,
            String provider,
            ConnectionState before,
            ConnectionState after,
            Instant since,
            @Nullable String reason) {}

    void publish(StateChange change) {
        if (change.before() != change.after() && change.after() == ConnectionState.UNHEALTHY) {
            publish(change, NoticeTopic.CONNECTION_DOWN);
        } else if (change.before() == ConnectionState.UNHEALTHY && change.after() == ConnectionState.READY) {
            publish(change, NoticeTopic.CONNECTION_RECOVERED);
        }
    }

    private void publish(StateChange change, NoticeTopic topic) {
        Map<String, String> data = new HashMap<>();
        data.put("connection", change.name());
        data.put("provider", change.provider());
        data.put("reason", Objects.requireNonNullElse(change.reason(), ""));
        events.publishEvent(new Notice(
                TenantScope.of(change.tenant()),
                topic,
                "connection/" + change.id(),
                change.id() + " " + change.since(),
                data));
    }
}
