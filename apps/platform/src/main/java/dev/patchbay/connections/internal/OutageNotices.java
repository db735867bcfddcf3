package dev.patchbay.connections.internal;

import dev.patchbay.connections.Outage;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantScope;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells people that a provider has not answered for a long time, and that it does again, in the transaction of the change. */
@Component
class OutageNotices {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final ConnectionViewRepository connections;
    private final ProviderRegistry providers;
    private final ApplicationEventPublisher events;

    OutageNotices(ConnectionViewRepository connections, ProviderRegistry providers, ApplicationEventPublisher events) {
        this.connections = connections;
        this.providers = providers;
        this.events = events;
    }

    void publishBegin(Outage outage) {
        publish(outage, NoticeTopic.CONNECTION_DOWN, "began");
    }

    void publishEnd(Outage outage) {
        publish(outage, NoticeTopic.CONNECTION_RECOVERED, "ended");
    }

    private void publish(Outage outage, NoticeTopic topic, String fact) {
        var connection = connections.get(outage.tenant(), outage.connectionId());
        String reason = "%s has not answered since %s UTC. Runs wait and continue by themselves; nothing is to be done."
                .formatted(providers.title(connection.provider()), TIME.format(outage.beganAt()));
        events.publishEvent(new Notice(
                TenantScope.of(outage.tenant()),
                topic,
                "connection/" + outage.connectionId(),
                outage.connectionId() + " outage " + outage.beganAt() + " " + fact,
                Map.of("connection", connection.name(), "provider", connection.provider(), "reason", reason)));
    }
}
