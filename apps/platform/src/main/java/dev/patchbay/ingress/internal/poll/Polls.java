package dev.patchbay.ingress.internal.poll;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.internal.poll.PollCursorRepository.Stream;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Every stream of every connection that can be asked: what is due, and what somebody wants read now. */
@Component
public class Polls {

    private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

    private final Map<String, PollSource> sources;
    private final Connections connections;
    private final PollCursorRepository cursors;
    private final StreamPoller streamPoller;
    private final Tenancy tenancy;
    private final MeterRegistry meters;
    private final ApplicationEventPublisher audit;

    Polls(
            List<PollSource> sources,
            Connections connections,
            PollCursorRepository cursors,
            StreamPoller streamPoller,
            Tenancy tenancy,
            MeterRegistry meters,
            ApplicationEventPublisher audit) {
        this.sources = sources.stream().collect(Collectors.toMap(PollSource::provider, Function.identity()));
        this.connections = connections;
        this.cursors = cursors;
        this.streamPoller = streamPoller;
        this.tenancy = tenancy;
        this.meters = meters;
        this.audit = audit;
    }

    /** Reads the tenant's streams now, one after the other, whether they are due or not. */
    public List<PollReport> now(
            TenantId tenant,
            String actor,
            Optional<String> provider,
            Optional<String> connectionId,
            CorrelationId correlation) {
        var reports = new ArrayList<PollReport>();
        for (PollSource source : sources.values()) {
            if (provider.filter(asked -> !asked.equals(source.provider())).isPresent()) {
                continue;
            }
            for (WebhookEndpoint connection : connections.findUsable(source.provider())) {
                if (connection.tenant().equals(tenant)
                        && connectionId
                                .filter(asked ->
                                        !asked.equals(connection.connectionId().value()))
                                .isEmpty()) {
                    know(source, connection).forEach(stream -> {
                        asked(stream, actor, correlation);
                        reports.add(read(source, stream));
                    });
                }
            }
        }
        return reports;
    }

    private void asked(Stream stream, String actor, CorrelationId correlation) {
        tenancy.inTenant(
                stream.tenant(),
                () -> audit.publishEvent(new Auditable(
                        TenantScope.of(stream.tenant()),
                        actor,
                        "connection.polled",
                        "connection/" + stream.connectionId() + "/" + stream.name(),
                        Optional.empty(),
                        Optional.empty(),
                        correlation)));
    }

    /** Learns of connections that were added since. */
    void discover() {
        sources.values()
                .forEach(source -> connections.findUsable(source.provider()).forEach(it -> discover(source, it)));
    }

    /** One account that does not open keeps nobody else's from being read. */
    private void discover(PollSource source, WebhookEndpoint connection) {
        try {
            know(source, connection);
        } catch (RuntimeException unreadable) {
            LOG.warn("{} cannot be looked at for polling", connection.connectionId(), unreadable);
        }
    }

    private List<Stream> know(PollSource source, WebhookEndpoint connection) {
        var account = connections.load(connection.tenant(), connection.connectionId());
        if (!source.reads(account)) {
            return List.of();
        }
        var streams = source.streams().stream()
                .sorted()
                .map(name -> new Stream(
                        connection.tenant(), connection.connectionId().value(), name, source.provider()))
                .toList();
        tenancy.inTenant(
                connection.tenant(),
                () -> streams.forEach(stream -> cursors.know(stream, source.webhooksThrough(account))));
        return streams;
    }

    /** Streams that are due and that this process knows how to read. */
    List<Stream> due() {
        return tenancy.throughDoor(cursors::due).stream()
                .filter(stream -> sources.containsKey(stream.provider()))
                .toList();
    }

    void read(Stream stream) {
        Optional.ofNullable(sources.get(stream.provider())).ifPresent(source -> read(source, stream));
    }

    private PollReport read(PollSource source, Stream stream) {
        var report = streamPoller.read(source, stream);
        count(report.provider(), "known", report.known());
        count(report.provider(), "repaired", report.repaired());
        count(report.provider(), "missing", report.missing());
        count(report.provider(), "only_here", report.onlyHere());
        meters.counter("ingress.polls", "provider", report.provider(), "state", report.state())
                .increment();
        return report;
    }

    private void count(String provider, String kind, int facts) {
        meters.counter("ingress.poll.facts", "provider", provider, "kind", kind).increment(facts);
    }
}
