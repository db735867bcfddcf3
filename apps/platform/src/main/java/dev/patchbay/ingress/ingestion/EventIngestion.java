package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.dispatch.Dispatcher;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Refusal;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Turns webhooks and polled records into stored events: authenticate, normalise, validate, store with the deduplication key.
 * The sender gets its answer only then.
 */
@Component
public class EventIngestion {

    private static final Logger LOG = LoggerFactory.getLogger(EventIngestion.class);

    private final WebhookAuthenticator authenticator;
    private final Map<String, Normaliser> normalisers;
    private final EventContracts contracts;
    private final BatchWriter batchWriter;
    private final IncomingEventRepository repository;
    private final Events events;
    private final ClientResolver clientResolver;
    private final Rejections rejections;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;
    private final Clock clock;

    EventIngestion(
            WebhookAuthenticator authenticator,
            List<Normaliser> normalisers,
            EventContracts contracts,
            BatchWriter batchWriter,
            IncomingEventRepository repository,
            Events events,
            ClientResolver clientResolver,
            Rejections rejections,
            Dispatcher dispatcher,
            Tenancy tenancy,
            ApplicationEventPublisher audit,
            Clock clock) {
        this.audit = audit;
        this.authenticator = authenticator;
        this.normalisers = normalisers.stream().collect(Collectors.toMap(Normaliser::provider, Function.identity()));
        this.contracts = contracts;
        this.batchWriter = batchWriter;
        this.repository = repository;
        this.events = events;
        this.clientResolver = clientResolver;
        this.rejections = rejections;
        this.dispatcher = dispatcher;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Describes the result of an ingestion.
     *
     * @param duplicate whether the fact was stored before; then the ids are those of the first delivery
     */
    public record Receipt(EventId eventId, CorrelationId correlation, boolean duplicate) {}

    /** Returns the provider's normaliser; empty for an unknown provider. */
    public Optional<Normaliser> normaliser(String provider) {
        return Optional.ofNullable(normalisers.get(provider)).filter(found -> authenticator.supports(provider));
    }

    /** Says whether the address belongs to a connection. */
    public boolean isKnownAddress(String provider, String key) {
        try {
            return authenticator.findEndpoint(provider, key).isPresent();
        } catch (RuntimeException databaseAway) {
            throw notStored(databaseAway);
        }
    }

    /**
     * Ingests a webhook. When this returns, its event is durable.
     *
     * @throws Problem when the webhook is rejected, which is recorded for the operator, or {@code 429.not_stored} when it
     *     cannot be stored now
     */
    public Receipt ingestWebhook(
            Normaliser normaliser, String key, ReceivedWebhook webhook, CorrelationId correlation) {
        Optional<WebhookEndpoint> endpoint = Optional.empty();
        try {
            endpoint = authenticator.findEndpoint(normaliser.provider(), key);
            WebhookEndpoint authenticated =
                    authenticator.authenticate(normaliser.provider(), endpoint, webhook.delivery());
            Normalised fact = normalise(normaliser, webhook.delivery());
            byte[] body = webhook.delivery().body();
            try (var _ = TenantContext.open(authenticated.tenant())) {
                return ingest(authenticated, fact, Event.Origin.WEBHOOK, webhook.headers(), body, correlation);
            }
        } catch (Problem rejected) {
            rejections.record(endpoint, normaliser.provider(), rejected.type(), webhook);
            endpoint.ifPresent(recipient -> audit.publishEvent(new Refusal(
                    TenantScope.of(recipient.tenant()),
                    recipient.connectionId().value(),
                    "webhook.refused",
                    "connection/" + recipient.connectionId(),
                    "refused")));
            throw rejected;
        } catch (RuntimeException failure) {
            // A 5xx would lose the webhook, because some providers retry only after 429.
            throw notStored(failure);
        }
    }

    /**
     * Ingests a fact of an authenticated connection. When this returns, its event is durable.
     *
     * @param correlation the correlation id of the delivery, for a fact that belongs to no conversation
     */
    public Receipt ingest(
            WebhookEndpoint endpoint,
            Normalised fact,
            Event.Origin origin,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        Receipt receipt = storeOnce(endpoint, fact, origin, headers, body, correlation);
        if (!receipt.duplicate()) {
            return receipt;
        }
        Optional<Event> first = events.find(TenantScope.of(endpoint.tenant()), receipt.eventId());
        return Reanalysis.of(fact, first)
                .map(again -> storeOnce(endpoint, again, origin, headers, body, correlation))
                .orElse(receipt);
    }

    private Receipt storeOnce(
            WebhookEndpoint endpoint,
            Normalised fact,
            Event.Origin origin,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        var incomingEvent = createEvent(endpoint, requireStorable(fact), origin, headers, body, correlation);
        if (!store(incomingEvent)) {
            var connection = endpoint.connectionId();
            return tenancy.inTenant(
                    endpoint.tenant(),
                    () -> repository.findOriginal(endpoint.tenant(), connection, fact.deduplicationKey()));
        }
        clientResolver.resolveAfterStoring(incomingEvent);
        dispatcher.wake();
        return new Receipt(incomingEvent.event().id(), incomingEvent.event().correlation(), false);
    }

    private boolean store(IncomingEvent incomingEvent) {
        try {
            return batchWriter.write(incomingEvent);
        } catch (DataIntegrityViolationException unstorable) {
            // PostgreSQL rejects a character or number in the body as jsonb. A retry would send the same bytes, so this
            // is no
            // 429.
            throw BodyViolation.problem(
                    "The body cannot be stored",
                    List.of(new BodyViolation("", "It holds a character or a number that a database cannot keep.")));
        }
    }

    /** Logs why an event was not stored, and returns the answer that makes the provider send it again. */
    public static Problem notStored(@Nullable Throwable cause) {
        LOG.error("ingress: an event was not stored; its sender is asked to retry (429)", cause);
        return new Problem(ProblemType.NOT_STORED, "Nothing was stored. Please send the same webhook again.");
    }

    private static Normalised normalise(Normaliser normaliser, Delivery delivery) {
        try {
            return normaliser.normalise(delivery);
        } catch (JacksonException notJson) {
            throw BodyViolation.notJson(notJson);
        } catch (Normaliser.Unreadable unreadable) {
            throw BodyViolation.unreadable(unreadable);
        }
    }

    private static Normalised requireStorable(Normalised fact) {
        try {
            return StorageLimits.apply(fact);
        } catch (Normaliser.Unreadable unreadable) {
            throw BodyViolation.unreadable(unreadable);
        }
    }

    private IncomingEvent createEvent(
            WebhookEndpoint endpoint,
            Normalised fact,
            Event.Origin origin,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        // The time is truncated to the precision of the id, so that ids and times of receipt sort alike.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var event = new Event(
                EventId.next(now),
                endpoint.tenant(),
                clientResolver.resolve(endpoint, fact.routes()),
                endpoint.connectionId(),
                fact.type(),
                "/connections/" + endpoint.connectionId(),
                fact.subject(),
                fact.time().orElse(now),
                fact.correlation().orElse(correlation),
                contracts.validate(fact.type(), fact.data()),
                fact.data(),
                fact.person(),
                origin,
                now,
                EventStatus.READY,
                Optional.empty());
        return new IncomingEvent(event, fact.deduplicationKey(), fact.routes(), headers, body);
    }
}
