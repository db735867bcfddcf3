package dev.patchbay.ingress.polling;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.polling.PollCursorRepository.HeldStream;
import dev.patchbay.ingress.polling.PollCursorRepository.Stream;
import dev.patchbay.ingress.polling.PollFactRepository.PolledFact;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.ingress.spi.PollSource.Found;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Polls one stream from its cursor to its end. Facts are stored first; then their comparison and the cursor in one transaction.
 * A process that dies in between reads the page again, and deduplication recognises its facts.
 */
@Component
class StreamPoller {

    private static final Logger LOG = LoggerFactory.getLogger(StreamPoller.class);

    private final Connections connections;
    private final EventIngestion ingestion;
    private final PollCursorRepository cursors;
    private final PollFactRepository facts;
    private final PollSettings settings;
    private final Tenancy tenancy;
    private final Clock clock;

    StreamPoller(
            Connections connections,
            EventIngestion ingestion,
            PollCursorRepository cursors,
            PollFactRepository facts,
            PollSettings settings,
            Tenancy tenancy,
            Clock clock) {
        this.connections = connections;
        this.ingestion = ingestion;
        this.cursors = cursors;
        this.facts = facts;
        this.settings = settings;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Another process took the stream over. This process has stored its facts; the cursor belongs to the other. */
    private static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    PollReport poll(PollSource source, Stream stream) {
        String holder = Ids.next("pol", clock.instant());
        Optional<HeldStream> held =
                tenancy.inTenant(stream.tenant(), () -> cursors.acquire(stream, holder, settings.lease()));
        var tally = new Tally();
        return held.map(mine -> poll(source, mine, tally)).orElseGet(() -> tally.report(stream, PollState.BUSY, null));
    }

    private PollReport poll(PollSource source, HeldStream held, Tally tally) {
        Stream stream = held.stream();
        try {
            Account account = connections.loadReady(stream.tenant(), stream.connection());
            var endpoint = new WebhookEndpoint(stream.tenant(), source.webhookConnection(account));
            readPages(source, held, account, endpoint, tally);
            verifyMissing(source, stream, account, endpoint, tally);
        } catch (PollSource.Unavailable | ReconnectRequired | ProviderUnreachable | Problem failure) {
            String reason = String.valueOf(failure.getMessage());
            LOG.warn(
                    "poll of {} at {} stopped: {}; retrying in {}",
                    stream.name(),
                    stream.connection(),
                    reason,
                    settings.retryDelay());
            release(held, reason);
            return tally.report(stream, PollState.UNAVAILABLE, reason);
        } catch (LeaseLost other) {
            return tally.report(stream, PollState.BUSY, null);
        }
        release(held, null);
        return tally.report(stream, PollState.DONE, null);
    }

    private void release(HeldStream held, @Nullable String failure) {
        tenancy.inTenant(
                held.stream().tenant(),
                () -> cursors.release(held, failure, failure == null ? settings.interval() : settings.retryDelay()));
    }

    private void readPages(PollSource source, HeldStream held, Account account, WebhookEndpoint endpoint, Tally tally) {
        Stream stream = held.stream();
        Optional<String> cursor = held.cursor();
        boolean more = true;
        while (more) {
            var page =
                    source.read(account, stream.name(), cursor, clock.instant().minus(settings.lookback()));
            var polled = new LinkedHashMap<String, PolledFact>();
            page.found()
                    .forEach(found ->
                            polled.put(found.fact().deduplicationKey(), store(found, stream, endpoint, tally)));
            tenancy.inTenant(stream.tenant(), () -> {
                facts.save(endpoint, stream.provider(), polled.values());
                if (!cursors.advance(held, page.cursor(), settings.lease())) {
                    throw new LeaseLost();
                }
            });
            cursor = Optional.of(page.cursor());
            more = page.more();
        }
        tenancy.inTenant(
                stream.tenant(),
                () -> facts.deleteBefore(endpoint, clock.instant().minus(settings.retention())));
    }

    private PolledFact store(Found found, Stream stream, WebhookEndpoint endpoint, Tally tally) {
        var fact = found.fact();
        var now = clock.instant();
        Optional<EventId> event = Optional.empty();
        try {
            var receipt = ingestion.ingest(
                    endpoint,
                    fact,
                    Event.Origin.POLL,
                    Json.write(Json.object().put("polled", stream.name())),
                    found.body(),
                    new CorrelationId(Ids.next("cor", now)));
            event = Optional.of(receipt.eventId());
            tally.countStored(receipt.duplicate());
        } catch (Problem rejected) {
            if (rejected.type() != ProblemType.SCHEMA_VIOLATION) {
                throw rejected;
            }
            // The other facts of the page are stored all the same. This one is reported as missing until it can be
            // stored.
            LOG.error(
                    "poll of {} at {}: {} {} was not stored: {}",
                    stream.name(),
                    stream.connection(),
                    fact.type(),
                    fact.subject(),
                    rejected.detail());
            tally.missing++;
        }
        return new PolledFact(
                fact.deduplicationKey(), fact.subject(), fact.time().orElse(now), event);
    }

    /** Requests each subject that a webhook reported and no page listed, before it is recorded as unknown to the provider. */
    private void verifyMissing(
            PollSource source, Stream stream, Account account, WebhookEndpoint endpoint, Tally tally) {
        var types = source.exhaustivelyListedTypes(stream.name());
        if (types.isEmpty()) {
            return;
        }
        var since = clock.instant().minus(settings.lookback());
        for (String subject : tenancy.inTenant(stream.tenant(), () -> facts.findUnconfirmed(endpoint, types, since))) {
            boolean exists = source.exists(account, stream.name(), subject);
            int count = tenancy.inTenant(
                    stream.tenant(),
                    () -> facts.recordConfirmation(endpoint, stream.provider(), subject, types, exists));
            if (!exists) {
                LOG.warn(
                        "{} does not know {}, which a webhook at {} reported",
                        stream.provider(),
                        subject,
                        endpoint.connectionId());
                tally.onlyHere += count;
            }
        }
    }

    private static final class Tally {
        private int matched;
        private int repaired;
        private int missing;
        private int onlyHere;

        void countStored(boolean duplicate) {
            matched += duplicate ? 1 : 0;
            repaired += duplicate ? 0 : 1;
        }

        PollReport report(Stream stream, PollState state, @Nullable String detail) {
            return new PollReport(
                    stream.provider(),
                    stream.connection(),
                    stream.name(),
                    state,
                    matched + repaired + missing,
                    matched,
                    repaired,
                    missing,
                    onlyHere,
                    detail);
        }
    }
}
