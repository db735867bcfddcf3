package dev.patchbay.usage.collection;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageSource.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Collects usage from every connection whose provider has a {@link UsageSource}: when a pass is due, or on request. */
@Component
public class UsageCollector {

    private static final Logger LOG = LoggerFactory.getLogger(UsageCollector.class);

    /** The first days of usage a person may ask for: records are kept for ten years. */
    private static final Duration MAX_AGE = Duration.ofDays(3650);

    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final Map<String, UsageSource> sources;
    private final Connections connections;
    private final CollectionRepository collections;
    private final UsageRejectionRepository rejections;
    private final PassRunner runner;
    private final ChangeAudit audit;
    private final Tenancy tenancy;
    private final Clock clock;

    UsageCollector(
            List<UsageSource> sources,
            Connections connections,
            CollectionRepository collections,
            UsageRejectionRepository rejections,
            PassRunner runner,
            ChangeAudit audit,
            Tenancy tenancy,
            Clock clock) {
        this.sources = sources.stream().collect(Collectors.toMap(UsageSource::provider, Function.identity()));
        this.connections = connections;
        this.collections = collections;
        this.rejections = rejections;
        this.runner = runner;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** A statement that could not become usage. */
    public record Rejection(
            ConnectionId connectionId,
            String subject,
            String code,
            String detail,
            @Nullable Instant occurredAt,
            Instant rejectedAt) {}

    /**
     * Collects now what began since that moment, and returns when it is done, or its progress after 20 s.
     *
     * @throws Problem {@code 404.not_found} when no connection of the provider can be collected from;
     *     {@code 400.malformed_request} when the moment is in the future or more than ten years ago
     */
    public List<CollectionProgress> collectNow(
            TenantId tenant, String actor, String provider, Optional<Instant> since) {
        Instant now = clock.instant();
        Instant from = since.orElse(now.minus(CollectionPass.SETTLED_WINDOW));
        if (from.isAfter(now) || from.isBefore(now.minus(MAX_AGE))) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The parameter since must lie within the last ten years.");
        }
        UsageSource source = requireSource(provider);
        List<CollectionRepository.Key> requested = findConnections(source, tenant).stream()
                .map(connection -> register(source, connection, CollectionPass.REQUESTED))
                .toList();
        if (requested.isEmpty()) {
            throw new Problem(
                    ProblemType.NOT_FOUND,
                    "No connection of " + provider + " can be collected from; connect an account first.");
        }
        var started = new ArrayList<CollectionRepository.Key>();
        for (CollectionRepository.Key key : requested) {
            if (tenancy.inTenant(tenant, () -> request(key, new Window(from, now), actor))) {
                started.add(key);
            }
        }
        awaitAll(source, started);
        return listProgress(tenant, Optional.of(provider)).stream()
                .filter(progress -> progress.pass().equals(CollectionPass.REQUESTED.wireName()))
                .toList();
    }

    private boolean request(CollectionRepository.Key key, Window window, String actor) {
        boolean started = collections.request(key, window);
        if (started) {
            audit.recordChange(
                    TenantScope.of(key.tenant()),
                    actor,
                    "usage.collected",
                    "connection/" + key.connection(),
                    null,
                    window.from().toString());
        }
        return started;
    }

    private void awaitAll(UsageSource source, List<CollectionRepository.Key> keys) {
        var done = new CountDownLatch(keys.size());
        for (CollectionRepository.Key key : keys) {
            Thread.ofVirtual().name("usage-collection").start(() -> {
                try {
                    run(source, key);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            boolean all = done.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("collection on request: all done: {}", all);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private UsageSource requireSource(String provider) {
        UsageSource source = sources.get(provider);
        if (source == null) {
            throw new Problem(
                    ProblemType.NOT_FOUND,
                    "Usage is collected from "
                            + sources.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        return source;
    }

    private List<WebhookEndpoint> findConnections(UsageSource source, TenantId tenant) {
        return connections.findUsable(source.provider()).stream()
                .filter(connection -> connection.tenant().equals(tenant))
                .filter(connection -> source.canCollect(connections.load(tenant, connection.connectionId())))
                .toList();
    }

    private CollectionRepository.Key register(UsageSource source, WebhookEndpoint connection, CollectionPass pass) {
        var key = new CollectionRepository.Key(connection.tenant(), connection.connectionId(), pass, source.provider());
        tenancy.inTenant(key.tenant(), () -> collections.register(key));
        return key;
    }

    /** Registers the passes over connections that were added since. */
    void discover() {
        for (UsageSource source : sources.values()) {
            for (WebhookEndpoint connection : connections.findUsable(source.provider())) {
                try {
                    if (source.canCollect(connections.load(connection.tenant(), connection.connectionId()))) {
                        List.of(CollectionPass.values()).forEach(pass -> register(source, connection, pass));
                    }
                } catch (RuntimeException failure) {
                    LOG.warn(
                            "connection {}: its usage was not registered for collection; trying again",
                            connection.connectionId(),
                            failure);
                }
            }
        }
    }

    /** The due passes of providers that this process can collect from. */
    List<CollectionRepository.Key> listDue() {
        return tenancy.throughDefinerFunction(collections::listDue).stream()
                .filter(key -> sources.containsKey(key.provider()))
                .toList();
    }

    void run(CollectionRepository.Key key) {
        Optional.ofNullable(sources.get(key.provider())).ifPresent(source -> run(source, key));
    }

    private void run(UsageSource source, CollectionRepository.Key key) {
        runner.run(source, key);
    }

    /** The passes over the tenant's connections: those under way, and how the last ones ended. */
    public List<CollectionProgress> listProgress(TenantId tenant, Optional<String> provider) {
        return tenancy.inTenant(tenant, () -> collections.list(tenant, provider));
    }

    /** Statements that could not become usage, sorted by connection and subject. */
    public Page<Rejection> listRejections(TenantId tenant, int limit, String after) {
        return Page.of(
                tenancy.inTenant(tenant, () -> rejections.list(tenant, limit + 1, after)),
                limit,
                rejection -> rejection.connectionId() + "/" + rejection.subject());
    }
}
