package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.Ingress;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.internal.EventContracts.Violation;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.ingress.spi.Normaliser.Normalised;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.core.JacksonException;

/** The way of a webhook: verify, normalise, check, store in one transaction, and only then answer. */
@Component
public class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** What a unique key can hold, and what a vendor's id looks like. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private final Gate gate;
    private final Map<String, Normaliser> normalisers;
    private final EventContracts contracts;
    private final Connections connections;
    private final EventRepository events;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;
    private final Clock clock;

    Intake(
            Gate gate,
            List<Normaliser> normalisers,
            EventContracts contracts,
            Connections connections,
            EventRepository events,
            Dispatcher dispatcher,
            Tenancy tenancy,
            Clock clock) {
        this.gate = gate;
        this.normalisers = normalisers.stream().collect(Collectors.toMap(Normaliser::provider, Function.identity()));
        this.contracts = contracts;
        this.connections = connections;
        this.events = events;
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

    /** Whether webhooks of that provider can be verified at all. */
    public boolean knows(String provider) {
        return gate.knows(provider);
    }

    /**
     * Takes a webhook in. When this returns, it is durable.
     *
     * @param headers what an auditor needs of the request's headers, as JSON
     * @throws Problem when it is refused, or {@code 429.not_stored} when it could not be stored just now
     */
    public Receipt accept(String provider, String key, Delivery delivery, String headers, CorrelationId correlation) {
        try {
            Ingress address = gate.admit(provider, key, delivery);
            Normalised fact = normalise(provider, delivery.body());
            Optional<String> schema = contracts.check(fact.type(), fact.data());
            Receipt receipt = tenancy.inTenant(
                    address.tenant(), () -> store(address, fact, schema, headers, delivery.body(), correlation));
            dispatcher.wake();
            return receipt;
        } catch (DataIntegrityViolationException unstorable) {
            // The same bytes will never fit: a character or a number that PostgreSQL's jsonb refuses. No use in a
            // retry.
            throw Violation.problem(
                    "The body cannot be stored",
                    List.of(new Violation("", "It holds a character or a number that a database cannot keep.")));
        } catch (DataAccessException | TransactionException failure) {
            LOG.error("a webhook of {} was not stored", provider, failure);
            throw new Problem(ProblemType.NOT_STORED, "Nothing was stored. Please send the same webhook again.");
        }
    }

    private Normalised normalise(String provider, byte[] body) {
        try {
            Normalised fact = Optional.ofNullable(normalisers.get(provider))
                    .orElseThrow(() -> new IllegalStateException(provider + " has a verifier and no normaliser"))
                    .normalise(Json.read(body));
            requireId("subject", fact.subject());
            requireId("deduplication key", fact.deduplicationKey());
            return fact;
        } catch (JacksonException notJson) {
            throw Violation.problem(
                    "The body is not JSON", List.of(new Violation("", String.valueOf(notJson.getOriginalMessage()))));
        } catch (Normaliser.Unreadable unreadable) {
            throw Violation.problem(
                    "The body cannot be read",
                    List.of(new Violation(unreadable.pointer(), String.valueOf(unreadable.getMessage()))));
        }
    }

    private static void requireId(String what, String value) {
        if (!ID.matcher(value).matches()) {
            throw new Normaliser.Unreadable("", "The " + what + " is not an id of 1 to 256 printable characters.");
        }
    }

    private Receipt store(
            Ingress address,
            Normalised fact,
            Optional<String> schema,
            String headers,
            byte[] body,
            CorrelationId correlation) {
        // Milliseconds, as in the id: ids and times of receipt sort alike.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var event = new Event(
                Ids.next("evt", now),
                address.tenant(),
                connections.route(address.tenant(), address.connectionId(), fact.routeKind(), fact.routeId()),
                address.connectionId(),
                fact.type(),
                "/connections/" + address.connectionId(),
                fact.subject(),
                fact.time().orElse(now),
                correlation,
                schema,
                fact.data(),
                now,
                Event.Status.READY);
        return events.store(new EventRepository.Arrival(event, fact.deduplicationKey(), headers, body))
                ? new Receipt(event.id(), correlation.value(), false)
                : events.first(address.tenant(), address.connectionId(), fact.deduplicationKey());
    }
}
