package dev.patchbay.ingress.live;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.ingestion.BodyViolation;
import dev.patchbay.ingress.ingestion.ClientResolver;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.ingestion.WebhookAuthenticator;
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
import dev.patchbay.kernel.TenantContext;
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

/** Answers voice providers while a person is on the phone. Their requests are authenticated like every webhook. */
@Component
public class LiveCallGateway {

    private final WebhookAuthenticator authenticator;
    private final ClientResolver clientResolver;
    private final LiveCalls calls;
    private final InboundCallRecorder recorder;
    private final Map<String, LiveProtocol> protocols;

    LiveCallGateway(
            WebhookAuthenticator authenticator,
            ClientResolver clientResolver,
            LiveCalls calls,
            InboundCallRecorder recorder,
            List<LiveProtocol> protocols) {
        this.authenticator = authenticator;
        this.clientResolver = clientResolver;
        this.calls = calls;
        this.recorder = recorder;
        this.protocols = protocols.stream().collect(Collectors.toMap(LiveProtocol::provider, Function.identity()));
    }

    /**
     * Describes the response to a provider.
     *
     * @param outcome one word, for metrics
     * @param body the body in the provider's format
     */
    public record ProviderResponse(String outcome, JsonNode body) {}

    /**
     * Decides how an inbound call is taken.
     *
     * @param headers the request headers that an auditor needs, as JSON
     * @throws Problem when the request is not authentic or cannot be read
     */
    public ProviderResponse answerInboundCall(
            String provider, String key, Delivery delivery, String headers, CorrelationId correlation) {
        LiveProtocol protocol = protocol(provider);
        WebhookEndpoint endpoint = authenticate(provider, key, delivery);
        InboundCall call = parse(() -> protocol.inbound(delivery));
        List<Route> routes = routes(Optional.of(call.to()), call.agentId());
        var party = new Party(endpoint.tenant(), clientResolver.resolve(endpoint, routes), correlation);
        try (var _ = TenantContext.open(party.tenant(), party.client())) {
            InboundAnswer answer = calls.answer(party, call);
            var fact = recorder.describe(call, answer, routes, delivery.body());
            recorder.recordLater(endpoint, fact, headers, delivery.body(), correlation);
            return new ProviderResponse(InboundCallRecorder.outcome(answer), protocol.answer(answer, correlation));
        }
    }

    /**
     * Performs a function that an agent calls during a call.
     *
     * @param name the name of the function, as flows name it, for example {@code calendar.book}
     * @throws Problem when the request is not authentic or cannot be read
     */
    public ProviderResponse performFunction(String provider, String key, String name, Delivery delivery) {
        LiveProtocol protocol = protocol(provider);
        WebhookEndpoint endpoint = authenticate(provider, key, delivery);
        FunctionCall call = parse(() -> protocol.function(name, delivery));
        Optional<ClientId> client = clientResolver.resolve(endpoint, routes(call.number(), call.agentId()));
        var party = new Party(endpoint.tenant(), client, call.correlation());
        try (var _ = TenantContext.open(party.tenant(), party.client())) {
            FunctionAnswer answer = calls.perform(party, call);
            return new ProviderResponse(answer.outcome(), protocol.answer(answer));
        }
    }

    private LiveProtocol protocol(String provider) {
        return Optional.ofNullable(protocols.get(provider)).orElseThrow(WebhookAuthenticator::invalidSignature);
    }

    private WebhookEndpoint authenticate(String provider, String key, Delivery delivery) {
        try {
            return authenticator.authenticate(provider, key, delivery);
        } catch (DataAccessException | TransactionException failure) {
            throw EventIngestion.notStored(failure);
        }
    }

    private static <T> T parse(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (JacksonException notJson) {
            throw BodyViolation.notJson(notJson);
        } catch (Normaliser.Unreadable unreadable) {
            throw BodyViolation.unreadable(unreadable);
        }
    }

    /** Returns the routes with the number first, because one agent may answer for several clients. */
    private static List<Route> routes(Optional<String> number, Optional<String> agent) {
        return Stream.concat(
                        number.map(id -> new Route("number", id)).stream(),
                        agent.map(id -> new Route("agent", id)).stream())
                .toList();
    }
}
