package dev.patchbay.ingress.polling;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.polling.PollCursorRepository.Stream;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantContext;
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

/** Polls the streams of every connection that can be polled, when they are due or at once on request. */
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

    /** Polls the tenant's streams now, one after the other, whether they are due or not. */
    public List<PollReport> pollNow(
            TenantId tenant,
            String actor,
            Optional<String> provider,
            Optional<ConnectionId> connectionId,
            CorrelationId correlation) {
        var reports = new ArrayList<PollReport>();
        for (PollSource source : sources.values()) {
            if (provider.isPresent() && !provider.get().equals(source.provider())) {
                continue;
            }
            for (WebhookEndpoint connection : connections.findUsable(source.provider())) {
                boolean isSelected =
                        connectionId.isEmpty() || connectionId.get().equals(connection.connectionId());
                if (connection.tenant().equals(tenant) && isSelected) {
                    register(source, connection).forEach(stream -> {
                        auditPoll(stream, actor, correlation);
                        reports.add(poll(source, stream));
                    });
                }
            }
        }
        return reports;
    }

    private void auditPoll(Stream stream, String actor, CorrelationId correlation) {
        tenancy.inTenant(
                stream.tenant(),
                () -> audit.publishEvent(new Auditable(
                        TenantScope.of(stream.tenant()),
                        actor,
                        "connection.polled",
                        "connection/" + stream.connection() + "/" + stream.name(),
                        Optional.empty(),
                        Optional.empty(),
                        correlation)));
    }

    /** Registers the streams of connections that were added since. */
    void discover() {
        sources.values()
                .forEach(source -> connections.findUsable(source.provider()).forEach(it -> discover(source, it)));
    }

    /** Registers the streams of one connection; a failure does not keep the others from being discovered. */
    private void discover(PollSource source, WebhookEndpoint connection) {
        try {
            register(source, connection);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "connection {}: its streams were not registered for polling; trying again at the next discovery",
                    connection.connectionId(),
                    failure);
        }
    }

    private List<Stream> register(PollSource source, WebhookEndpoint connection) {
        var account = connections.load(connection.tenant(), connection.connectionId());
        if (!source.canPoll(account)) {
            return List.of();
        }
        var streams = source.streams().stream()
                .sorted()
                .map(name -> new Stream(connection.tenant(), connection.connectionId(), name, source.provider()))
                .toList();
        tenancy.inTenant(
                connection.tenant(),
                () -> streams.forEach(stream -> cursors.register(stream, source.webhookConnection(account))));
        return streams;
    }

    /** Returns the due streams of providers that this process can poll. */
    List<Stream> listDue() {
        return tenancy.throughDefinerFunction(cursors::listDue).stream()
                .filter(stream -> sources.containsKey(stream.provider()))
                .toList();
    }

    void poll(Stream stream) {
        Optional.ofNullable(sources.get(stream.provider())).ifPresent(source -> poll(source, stream));
    }

    private PollReport poll(PollSource source, Stream stream) {
        PollReport report;
        try (var _ = TenantContext.open(stream.tenant())) {
            report = streamPoller.poll(source, stream);
        }
        count(report.provider(), FactKind.MATCHED, report.matched());
        count(report.provider(), FactKind.REPAIRED, report.repaired());
        count(report.provider(), FactKind.MISSING, report.missing());
        count(report.provider(), FactKind.ONLY_HERE, report.onlyHere());
        meters.counter(
                        "ingress.polls",
                        "provider",
                        report.provider(),
                        "state",
                        report.state().wireName())
                .increment();
        return report;
    }

    private void count(String provider, FactKind kind, int facts) {
        meters.counter("ingress.poll.facts", "provider", provider, "kind", kind.wireName())
                .increment(facts);
    }
}
