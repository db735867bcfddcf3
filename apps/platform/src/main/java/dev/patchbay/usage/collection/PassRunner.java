package dev.patchbay.usage.collection;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.collection.CollectionRepository.Coverage;
import dev.patchbay.usage.collection.CollectionRepository.HeldPass;
import dev.patchbay.usage.collection.CollectionRepository.PageCounts;
import dev.patchbay.usage.records.AttributionChanged;
import dev.patchbay.usage.records.Attributions;
import dev.patchbay.usage.records.Rollups;
import dev.patchbay.usage.records.UnlistedSubjects;
import dev.patchbay.usage.records.UsageBatch;
import dev.patchbay.usage.records.UsageBatch.Written;
import dev.patchbay.usage.records.UsageWriter;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageSource.Page;
import dev.patchbay.usage.spi.UsageSource.Unavailable;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs a pass from its cursor to its end. Each page is one transaction: snapshots, records, sequences, counts and the cursor.
 * So a process that dies at any point has written whole pages only, and the next one continues with the page that is missing.
 */
@Component
class PassRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PassRunner.class);
    private static final int MAX_ATTEMPTS = 5;
    /** The time after which a provider's failures are reported to people. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final CollectionRepository collections;
    private final UsageRejectionRepository rejections;
    private final UnlistedSubjects unlisted;
    private final UsageWriter writer;
    private final Attributions attributions;
    private final Rollups rollups;
    private final Connections connections;
    private final UsageMetrics metrics;
    private final UsageSettings settings;
    private final Tenancy tenancy;
    private final Clock clock;

    PassRunner(
            CollectionRepository collections,
            UsageRejectionRepository rejections,
            UnlistedSubjects unlisted,
            UsageWriter writer,
            Attributions attributions,
            Rollups rollups,
            Connections connections,
            UsageMetrics metrics,
            UsageSettings settings,
            Tenancy tenancy,
            Clock clock) {
        this.collections = collections;
        this.rejections = rejections;
        this.unlisted = unlisted;
        this.writer = writer;
        this.attributions = attributions;
        this.rollups = rollups;
        this.connections = connections;
        this.metrics = metrics;
        this.settings = settings;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Thrown when another process has taken over the pass. The pages of this process are written; the cursor belongs to the
     * other process.
     */
    private static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * The stored cursor.
     *
     * @param key the source's own cursor; empty text before the first page
     * @param listedUpTo the moment before which this pass has listed everything
     */
    private record Position(String key, Instant listedUpTo) {

        static Position read(String cursor) {
            var json = Json.read(cursor);
            return new Position(
                    json.path("key").asString(""),
                    Instant.parse(json.path("listedUpTo").asString("")));
        }

        String write() {
            return Json.write(Json.object().put("key", key).put("listedUpTo", listedUpTo.toString()));
        }
    }

    /** Runs the pass unless another process runs it. */
    void run(UsageSource source, CollectionRepository.Key key) {
        String holder = Ids.next("col", clock.instant());
        TenantId tenant = key.tenant();
        Optional<HeldPass> held = tenancy.inTenant(tenant, () -> collections.acquire(key, holder, settings.lease()));
        held.ifPresent(mine -> run(source, mine));
    }

    private void run(UsageSource source, HeldPass held) {
        CollectionRepository.Key key = held.key();
        try {
            Account account = connections.loadReady(key.tenant(), key.connection());
            Window window = held.window().orElseGet(() -> begin(held));
            readPages(source, account, held, window);
            tenancy.inTenant(key.tenant(), () -> collections.finish(held, interval(key.pass())));
            rollups.catchUp(key.tenant());
            metrics.checkUnattributed(key.tenant());
        } catch (LeaseLost other) {
            LOG.info("collection {} of {}: another process goes on with it", key.pass(), key.connection());
        } catch (Unavailable | ReconnectRequired | ProviderUnreachable | NoSuchElementException failure) {
            fail(held, String.valueOf(failure.getMessage()));
        } catch (RuntimeException failure) {
            LOG.error("collection {} of {} failed", key.pass(), key.connection(), failure);
            fail(held, "The page could not be written; the log has the reason.");
        }
    }

    private void fail(HeldPass held, String reason) {
        CollectionRepository.Key key = held.key();
        LOG.warn(
                "collection {} of {} stopped: {}; it goes on in {}",
                key.pass(),
                key.connection(),
                reason,
                settings.retryDelay());
        metrics.countFailure(key.provider());
        tenancy.inTenant(key.tenant(), () -> {
            if (collections.fail(held, reason, settings.retryDelay(), PATIENCE)) {
                metrics.announceFailing(key, reason);
            }
        });
    }

    private Window begin(HeldPass held) {
        Instant now = clock.instant();
        Instant covered = held.coveredTo();
        Instant from = switch (held.key().pass()) {
            case LATEST ->
                covered == null ? now.minus(CollectionPass.SETTLED_WINDOW) : covered.minus(settings.overlap());
            case RECENT -> now.minus(CollectionPass.RECENT_WINDOW);
            case SETTLED, REQUESTED -> now.minus(CollectionPass.SETTLED_WINDOW);
        };
        var window = new Window(from, now);
        tenancy.inTenant(held.key().tenant(), () -> collections.begin(held, window));
        return window;
    }

    private @Nullable Duration interval(CollectionPass pass) {
        return switch (pass) {
            case LATEST -> settings.interval();
            case RECENT -> Duration.ofHours(1);
            case SETTLED -> Duration.ofDays(1);
            case REQUESTED -> null;
        };
    }

    private void readPages(UsageSource source, Account account, HeldPass held, Window window) {
        Position position = held.cursor().map(Position::read).orElse(new Position("", window.from()));
        Map<Source, Optional<String>> followed = new HashMap<>();
        var pages = new PageReader(source, account, window, position.key());
        boolean more = true;
        while (more) {
            Page page = pages.next();
            followRoutes(held.key(), page, followed);
            List<String> vanished = findVanished(source, account, held.key(), page, position.listedUpTo());
            position = new Position(page.cursor(), page.listedUpTo().orElse(position.listedUpTo()));
            write(held, page, vanished, position);
            more = page.more();
        }
    }

    /** Applies mappings that were changed while no process listened. */
    private void followRoutes(CollectionRepository.Key key, Page page, Map<Source, Optional<String>> followed) {
        for (UsageStatement statement : page.statements()) {
            Source source = statement.source();
            if (!followed.containsKey(source)) {
                Optional<String> client = connections
                        .findRoutedClient(key.tenant(), key.connection(), source.kind(), source.externalId())
                        .map(Object::toString);
                attributions.follow(key.tenant(), key.connection(), source, client);
                followed.put(source, client);
            }
        }
    }

    /** Returns the recorded subjects that the page should have listed and that the provider, asked for each, does not have. */
    private List<String> findVanished(
            UsageSource source, Account account, CollectionRepository.Key key, Page page, Instant from) {
        if (page.listedUpTo().isEmpty()) {
            return List.of();
        }
        Set<String> listed = new HashSet<>(page.pending());
        page.statements().forEach(statement -> listed.add(statement.subject()));
        page.rejected().forEach(statement -> listed.add(statement.subject()));
        return unlisted
                .find(key.tenant(), key.connection(), from, page.listedUpTo().get(), listed)
                .stream()
                .filter(subject -> !source.exists(account, subject))
                .toList();
    }

    private void write(HeldPass held, Page page, List<String> vanished, Position next) {
        for (int attempt = 1; ; attempt++) {
            try {
                Written written = tenancy.inTenant(held.key().tenant(), () -> writePage(held, page, vanished, next));
                metrics.count(held.key().provider(), written, page.rejected().size());
                return;
            } catch (AttributionChanged repeated) {
                if (attempt == MAX_ATTEMPTS) {
                    throw repeated;
                }
            }
        }
    }

    private Written writePage(HeldPass held, Page page, List<String> vanished, Position next) {
        CollectionRepository.Key key = held.key();
        Coverage covered = collections.lock(held).orElseThrow(LeaseLost::new);
        Instant coveredTo = covered.to();
        Written written = writer.write(new UsageBatch(
                key.tenant(),
                key.connection(),
                page.statements(),
                vanished,
                covered.from(),
                coveredTo == null ? null : coveredTo.minus(settings.overlap())));
        rejections.save(key.tenant(), key.connection(), page.rejected(), clock.instant());
        rejections.delete(
                key.tenant(),
                key.connection(),
                page.statements().stream().map(UsageStatement::subject).toList());
        collections.advance(
                held,
                next.write(),
                new PageCounts(
                        page.statements().size(),
                        written.fresh(),
                        written.corrected(),
                        written.vanished(),
                        written.unattributed(),
                        page.pending().size(),
                        page.rejected().size()),
                settings.lease());
        return written;
    }
}
