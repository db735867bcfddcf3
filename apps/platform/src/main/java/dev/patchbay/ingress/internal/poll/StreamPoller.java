package dev.patchbay.ingress.internal.poll;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.internal.EventIngestion;
import dev.patchbay.ingress.internal.poll.PollCursorRepository.Held;
import dev.patchbay.ingress.internal.poll.PollCursorRepository.Stream;
import dev.patchbay.ingress.internal.poll.PollFactRepository.Seen;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.ingress.spi.PollSource.Found;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
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
 * Reads one stream from its cursor to its end. Facts are stored first, then figures and cursor together: a process that
 * dies in between reads the page again, and everything in it is known by then.
 */
@Component
class StreamPoller {

    private static final Logger LOG = LoggerFactory.getLogger(StreamPoller.class);

    private final Connections connections;
    private final EventIngestion eventIngestion;
    private final PollCursorRepository cursors;
    private final PollFactRepository facts;
    private final PollSettings settings;
    private final Tenancy tenancy;
    private final Clock clock;

    StreamPoller(
            Connections connections,
            EventIngestion eventIngestion,
            PollCursorRepository cursors,
            PollFactRepository facts,
            PollSettings settings,
            Tenancy tenancy,
            Clock clock) {
        this.connections = connections;
        this.eventIngestion = eventIngestion;
        this.cursors = cursors;
        this.facts = facts;
        this.settings = settings;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Another process took the stream over; what this one had read is stored, the cursor is the other's. */
    private static final class TakenOver extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    PollReport read(PollSource source, Stream stream) {
        String holder = Ids.next("pol", clock.instant());
        Optional<Held> held = tenancy.inTenant(stream.tenant(), () -> cursors.hold(stream, holder, settings.lease()));
        var tally = new Tally();
        return held.map(mine -> read(source, mine, tally)).orElseGet(() -> tally.report(stream, "busy", null));
    }

    private PollReport read(PollSource source, Held held, Tally tally) {
        Stream stream = held.stream();
        try {
            Account account = connections.loadReady(stream.tenant(), new ConnectionId(stream.connectionId()));
            var address = new WebhookEndpoint(stream.tenant(), new ConnectionId(source.webhooksThrough(account)));
            pages(source, held, account, address, tally);
            doubt(source, stream, account, address, tally);
        } catch (PollSource.Unavailable | ReconnectRequired | ProviderUnreachable | Problem failure) {
            String why = String.valueOf(failure.getMessage());
            LOG.warn("{} of {} could not be read to the end: {}", stream.name(), stream.connectionId(), why);
            release(held, why);
            return tally.report(stream, "unavailable", why);
        } catch (TakenOver other) {
            return tally.report(stream, "busy", null);
        }
        release(held, null);
        return tally.report(stream, "done", null);
    }

    private void release(Held held, @Nullable String failure) {
        tenancy.inTenant(
                held.stream().tenant(),
                () -> cursors.release(held, failure, failure == null ? settings.every() : settings.again()));
    }

    private void pages(PollSource source, Held held, Account account, WebhookEndpoint address, Tally tally) {
        Stream stream = held.stream();
        Optional<String> cursor = held.cursor();
        boolean more = true;
        while (more) {
            var page =
                    source.read(account, stream.name(), cursor, clock.instant().minus(settings.reach()));
            var seen = new LinkedHashMap<String, Seen>();
            page.found()
                    .forEach(found -> seen.put(found.fact().deduplicationKey(), store(found, stream, address, tally)));
            tenancy.inTenant(stream.tenant(), () -> {
                facts.keep(address, stream.provider(), seen.values());
                if (!cursors.advance(held, page.cursor(), settings.lease())) {
                    throw new TakenOver();
                }
            });
            cursor = Optional.of(page.cursor());
            more = page.more();
        }
        tenancy.inTenant(
                stream.tenant(), () -> facts.forget(address, clock.instant().minus(settings.keep())));
    }

    private Seen store(Found found, Stream stream, WebhookEndpoint address, Tally tally) {
        var fact = found.fact();
        var now = clock.instant();
        String eventId = "";
        try {
            var receipt = eventIngestion.take(
                    address,
                    fact,
                    Event.Origin.POLL,
                    Json.write(Json.object().put("polled", stream.name())),
                    found.body(),
                    new CorrelationId(Ids.next("cor", now)));
            eventId = receipt.eventId();
            tally.stored(receipt.duplicate());
        } catch (Problem refused) {
            if (refused.type() != ProblemType.SCHEMA_VIOLATION) {
                throw refused;
            }
            // The others of the page are none the worse for it; the figures show it until it can be read.
            LOG.error("{} {} cannot be stored: {}", fact.type(), fact.subject(), refused.detail());
            tally.missing++;
        }
        return new Seen(fact.deduplicationKey(), fact.subject(), fact.time().orElse(now), eventId);
    }

    /** What we were told and no list has shown is asked for by name, before we say that the vendor does not know it. */
    private void doubt(PollSource source, Stream stream, Account account, WebhookEndpoint address, Tally tally) {
        var types = source.exhaustive(stream.name());
        if (types.isEmpty()) {
            return;
        }
        var since = clock.instant().minus(settings.reach());
        for (String subject : tenancy.inTenant(stream.tenant(), () -> facts.doubted(address, types, since))) {
            boolean known = source.knows(account, stream.name(), subject);
            int judged = tenancy.inTenant(
                    stream.tenant(), () -> facts.judge(address, stream.provider(), subject, types, known));
            if (!known) {
                LOG.warn("{} told us of {} and does not know it", stream.provider(), subject);
                tally.onlyHere += judged;
            }
        }
    }

    private static final class Tally {
        private int known;
        private int repaired;
        private int missing;
        private int onlyHere;

        void stored(boolean before) {
            known += before ? 1 : 0;
            repaired += before ? 0 : 1;
        }

        PollReport report(Stream stream, String state, @Nullable String detail) {
            return new PollReport(
                    stream.provider(),
                    stream.connectionId(),
                    stream.name(),
                    state,
                    known + repaired + missing,
                    known,
                    repaired,
                    missing,
                    onlyHere,
                    detail);
        }
    }
}
