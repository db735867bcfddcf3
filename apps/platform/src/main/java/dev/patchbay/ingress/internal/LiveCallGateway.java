package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.internal.EventContracts.Violation;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.LiveCalls;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.ingress.spi.LiveCalls.FunctionCall;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.ingress.spi.LiveCalls.Party;
import dev.patchbay.ingress.spi.LiveProtocol;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Answers voice providers that wait for us with somebody on the phone: verified as every webhook is, answered at once. */
@Component
public class LiveCallGateway {

    private final WebhookAuthenticator webhookAuthenticator;
    private final Connections connections;
    private final LiveCalls calls;
    private final InboundRecord record;
    private final Map<String, LiveProtocol> protocols;

    LiveCallGateway(
            WebhookAuthenticator webhookAuthenticator,
            Connections connections,
            LiveCalls calls,
            InboundRecord record,
            List<LiveProtocol> protocols) {
        this.webhookAuthenticator = webhookAuthenticator;
        this.connections = connections;
        this.calls = calls;
        this.record = record;
        this.protocols = protocols.stream().collect(Collectors.toMap(LiveProtocol::provider, Function.identity()));
    }

    /**
     * @param outcome one word for metrics
     * @param body what the provider reads
     */
    public record Answer(String outcome, JsonNode body) {}

    /**
     * Says how a call that rings is taken.
     *
     * @param headers what an auditor needs of the request's headers, as JSON
     * @throws Problem when it was refused at the gate or cannot be read
     */
    public Answer inbound(String provider, String key, Delivery delivery, String headers, CorrelationId correlation) {
        LiveProtocol protocol = protocol(provider);
        WebhookEndpoint address = admit(provider, key, delivery);
        InboundCall call = readable(() -> protocol.inbound(delivery));
        List<Route> routes = routes(Optional.of(call.to()), call.agentId());
        var party = new Party(address.tenant(), client(address, routes), correlation);
        InboundAnswer answer = calls.answer(party, call);
        var fact = record.fact(call, answer, routes, delivery.body());
        record.later(address, fact, headers, delivery.body(), correlation);
        return new Answer(InboundRecord.outcome(answer), protocol.answer(answer, correlation));
    }

    /**
     * Does what an agent asks for during a call.
     *
     * @param name of the function, as flows call it
     * @throws Problem when it was refused at the gate or cannot be read
     */
    public Answer function(String provider, String key, String name, Delivery delivery, CorrelationId correlation) {
        LiveProtocol protocol = protocol(provider);
        WebhookEndpoint address = admit(provider, key, delivery);
        FunctionCall call = readable(() -> protocol.function(name, delivery));
        Optional<ClientId> client = client(address, routes(call.number(), call.agentId()));
        var party = new Party(address.tenant(), client, call.correlation().orElse(correlation));
        FunctionAnswer answer = calls.perform(party, call);
        return new Answer(answer.outcome(), protocol.answer(answer));
    }

    private LiveProtocol protocol(String provider) {
        return Optional.ofNullable(protocols.get(provider)).orElseThrow(WebhookAuthenticator::forged);
    }

    private WebhookEndpoint admit(String provider, String key, Delivery delivery) {
        try {
            return webhookAuthenticator.admit(provider, key, delivery);
        } catch (DataAccessException | TransactionException failure) {
            throw BatchWriter.notStored(failure);
        }
    }

    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException notJson) {
            throw Violation.problem(
                    "The body is not JSON", List.of(new Violation("", String.valueOf(notJson.getOriginalMessage()))));
        } catch (Normaliser.Unreadable unreadable) {
            throw Violation.problem(
                    "The body cannot be read",
                    List.of(new Violation(unreadable.pointer(), String.valueOf(unreadable.getMessage()))));
        }
    }

    /** The number says more than the agent, who may answer for several clients. */
    private static List<Route> routes(Optional<String> number, Optional<String> agent) {
        return Stream.concat(
                        number.map(it -> new Route("number", it)).stream(),
                        agent.map(it -> new Route("agent", it)).stream())
                .toList();
    }

    private Optional<ClientId> client(WebhookEndpoint address, List<Route> routes) {
        TenantId tenant = address.tenant();
        return routes.stream()
                .flatMap(route ->
                        connections.findRoutedClient(tenant, address.connectionId(), route.kind(), route.id()).stream())
                .findFirst();
    }
}
