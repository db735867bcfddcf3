package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.internal.EventContracts.Violation;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** The way of a fact: verified, normalised, checked, stored with its key, and only then answered. */
@Component
public class EventIngestion {

    private final WebhookAuthenticator webhookAuthenticator;
    private final Map<String, Normaliser> normalisers;
    private final EventContracts contracts;
    private final Connections connections;
    private final BatchWriter batchWriter;
    private final IncomingEventRepository arrivals;
    private final ClientResolver clientResolver;
    private final Rejections rejections;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;
    private final Clock clock;

    EventIngestion(
            WebhookAuthenticator webhookAuthenticator,
            List<Normaliser> normalisers,
            EventContracts contracts,
            Connections connections,
            BatchWriter batchWriter,
            IncomingEventRepository arrivals,
            ClientResolver clientResolver,
            Rejections rejections,
            Dispatcher dispatcher,
            Tenancy tenancy,
            Clock clock) {
        this.webhookAuthenticator = webhookAuthenticator;
        this.normalisers = normalisers.stream().collect(Collectors.toMap(Normaliser::provider, Function.identity()));
        this.contracts = contracts;
        this.connections = connections;
        this.batchWriter = batchWriter;
        this.arrivals = arrivals;
        this.clientResolver = clientResolver;
        this.rejections = rejections;
        this.dispatcher = dispatcher;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * What is answered.
     *
     * @param duplicate the fact had arrived before; the ids are those of the first time
     */
    public record Receipt(String eventId, String correlationId, boolean duplicate) {}

    /** How webhooks of that provider are read; empty when nobody here knows it. */
    public Optional<Normaliser> normaliser(String provider) {
        return Optional.ofNullable(normalisers.get(provider)).filter(known -> webhookAuthenticator.knows(provider));
    }

    /** Whether the address is somebody's; asked before anything is read from whoever calls it. */
    public boolean addressed(String provider, String key) {
        try {
            return webhookAuthenticator.find(provider, key).isPresent();
        } catch (RuntimeException databaseAway) {
            throw BatchWriter.notStored(databaseAway);
        }
    }

    /**
     * Takes a webhook in. When this returns, it is durable.
     *
     * @throws Problem when it is refused, which is remembered for the operator, or {@code 429.not_stored} when it could
     *     not be stored just now
     */
    public Receipt accept(Normaliser normaliser, String key, Webhook webhook, CorrelationId correlation) {
        Optional<WebhookEndpoint> address = Optional.empty();
        try {
            address = webhookAuthenticator.find(normaliser.provider(), key);
            WebhookEndpoint known = webhookAuthenticator.admit(normaliser.provider(), address, webhook.delivery());
            Normalised fact = normalise(normaliser, webhook.delivery());
            byte[] body = webhook.delivery().body();
            return take(known, fact, Event.Origin.WEBHOOK, webhook.headers(), body, correlation);
        } catch (Problem refused) {
            rejections.note(address, normaliser.provider(), refused.type(), webhook);
            throw refused;
        } catch (RuntimeException failure) {
            // Ours to mend: a 5xx would lose it at vendors who retry nothing but 429.
            throw BatchWriter.notStored(failure);
        }
    }

    /** Takes in a fact of a known connection, however it was learnt. When this returns, it is durable. */
    public Receipt take(
            WebhookEndpoint address,
            Normalised fact,
            Event.Origin origin,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        var incomingEvent = arrival(address, storable(fact), origin, headers, body, correlation);
        boolean fresh = commit(incomingEvent);
        if (!fresh) {
            return tenancy.inTenant(
                    address.tenant(),
                    () -> arrivals.first(
                            address.tenant(), address.connectionId().value(), fact.deduplicationKey()));
        }
        clientResolver.stored(incomingEvent);
        dispatcher.wake();
        return new Receipt(incomingEvent.event().id(), correlation.value(), false);
    }

    private boolean commit(IncomingEvent incomingEvent) {
        try {
            return batchWriter.commit(incomingEvent);
        } catch (DataIntegrityViolationException unstorable) {
            // The same bytes will never fit: a character or a number that PostgreSQL's jsonb refuses. No use in a
            // retry.
            throw Violation.problem(
                    "The body cannot be stored",
                    List.of(new Violation("", "It holds a character or a number that a database cannot keep.")));
        }
    }

    private static Normalised normalise(Normaliser normaliser, Delivery delivery) {
        try {
            return normaliser.normalise(delivery);
        } catch (JacksonException notJson) {
            throw Violation.problem(
                    "The body is not JSON", List.of(new Violation("", String.valueOf(notJson.getOriginalMessage()))));
        } catch (Normaliser.Unreadable unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static Problem unreadable(Normaliser.Unreadable unreadable) {
        return Violation.problem(
                "The body cannot be read",
                List.of(new Violation(unreadable.pointer(), String.valueOf(unreadable.getMessage()))));
    }

    private static Normalised storable(Normalised fact) {
        try {
            return StorageLimits.of(fact);
        } catch (Normaliser.Unreadable unreadable) {
            throw unreadable(unreadable);
        }
    }

    private IncomingEvent arrival(
            WebhookEndpoint address,
            Normalised fact,
            Event.Origin origin,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        // Milliseconds, as in the id: ids and times of receipt sort alike.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var event = new Event(
                Ids.next("evt", now),
                address.tenant(),
                client(address, fact),
                address.connectionId().value(),
                fact.type(),
                "/connections/" + address.connectionId(),
                fact.subject(),
                fact.time().orElse(now),
                correlation,
                contracts.check(fact.type(), fact.data()),
                fact.data(),
                fact.person(),
                origin,
                now,
                Event.Status.READY,
                Optional.empty());
        return new IncomingEvent(event, fact.deduplicationKey(), fact.routes(), headers, body);
    }

    private Optional<ClientId> client(WebhookEndpoint address, Normalised fact) {
        return fact.routes().stream()
                .flatMap(route ->
                        connections
                                .findRoutedClient(address.tenant(), address.connectionId(), route.kind(), route.id())
                                .stream())
                .findFirst();
    }
}
