package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.ingress.ingestion.BodyMemoryLimit;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.ingestion.ReceivedWebhook;
import dev.patchbay.ingress.ingestion.Rejections;
import dev.patchbay.ingress.ingestion.WebhookAuthenticator;
import dev.patchbay.ingress.live.LiveCallGateway;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.CorrelationFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.MDC;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Receives the requests of voice providers during a call: {@code POST /ingress/{provider}/{key}/inbound} before it is picked
 * up, {@code POST /ingress/{provider}/{key}/functions/{name}} while it lasts.
 */
@RestController
class LiveController {

    private final LiveCallGateway gateway;
    private final EventIngestion ingestion;
    private final BodyMemoryLimit bodies;
    private final Rejections rejections;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String publicUrl;

    LiveController(
            LiveCallGateway gateway,
            EventIngestion ingestion,
            BodyMemoryLimit bodies,
            Rejections rejections,
            MeterRegistry meters,
            Clock clock,
            Settings settings) {
        this.gateway = gateway;
        this.ingestion = ingestion;
        this.bodies = bodies;
        this.rejections = rejections;
        this.meters = meters;
        this.clock = clock;
        this.publicUrl = settings.publicUrl().toString();
    }

    /** Handles a request whose body was read. */
    private interface RequestHandler {
        LiveCallGateway.ProviderResponse answer(ReceivedWebhook receivedWebhook, CorrelationId correlation);
    }

    @PermitAll("the signature authenticates it")
    @PostMapping("/ingress/{provider}/{key}/inbound")
    JsonNode inbound(
            @PathVariable String provider,
            @PathVariable String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return handle(
                "inbound",
                provider,
                key,
                request,
                response,
                (receivedWebhook, correlation) -> gateway.answerInboundCall(
                        provider, key, receivedWebhook.delivery(), receivedWebhook.headers(), correlation));
    }

    @PermitAll("the signature authenticates it")
    @PostMapping("/ingress/{provider}/{key}/functions/{name}")
    JsonNode function(
            @PathVariable String provider,
            @PathVariable String key,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return handle(
                "function",
                provider,
                key,
                request,
                response,
                (receivedWebhook, correlation) ->
                        gateway.performFunction(provider, key, name, receivedWebhook.delivery()));
    }

    private JsonNode handle(
            String kind,
            String provider,
            String key,
            HttpServletRequest request,
            HttpServletResponse response,
            RequestHandler handler)
            throws IOException {
        var timing = Timer.start(meters);
        // A new id even if the request offers one: the header is not part of what the provider signed.
        String correlation = Ids.next("cor", clock.instant());
        request.setAttribute(CorrelationFilter.NAME, correlation);
        response.setHeader(CorrelationFilter.HEADER, correlation);
        String outcome = "error";
        try (var _ = MDC.putCloseable(CorrelationFilter.NAME, correlation)) {
            var normaliser = ingestion.normaliser(provider).orElseThrow(WebhookAuthenticator::invalidSignature);
            WebhookReader.requireReadable(request, normaliser);
            try (var body = bodies.read(request.getInputStream(), ingestion.isKnownAddress(provider, key))) {
                var receivedWebhook = WebhookReader.read(request, body.bytes(), publicUrl);
                var providerResponse = handler.answer(receivedWebhook, new CorrelationId(correlation));
                outcome = providerResponse.outcome();
                return providerResponse.body();
            }
        } catch (Problem problem) {
            outcome = problem.type().name().toLowerCase(Locale.ROOT);
            boolean isKnownProvider = ingestion.normaliser(provider).isPresent();
            rejections.record(isKnownProvider ? provider : "unknown", problem.type(), request.getRemoteAddr());
            throw problem;
        } finally {
            timing.stop(Timer.builder("live.answer")
                    .description("From the first byte of a live call's request to its answer")
                    .tags("kind", kind, "outcome", outcome)
                    .publishPercentileHistogram()
                    .register(meters));
        }
    }
}
