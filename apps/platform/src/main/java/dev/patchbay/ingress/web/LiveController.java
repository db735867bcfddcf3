package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.ingress.internal.BodyMemoryLimit;
import dev.patchbay.ingress.internal.EventIngestion;
import dev.patchbay.ingress.internal.LiveCallGateway;
import dev.patchbay.ingress.internal.Rejections;
import dev.patchbay.ingress.internal.Webhook;
import dev.patchbay.ingress.internal.WebhookAuthenticator;
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
 * Where voice providers ask with somebody on the phone: {@code POST /ingress/{provider}/{key}/inbound} before a call is
 * picked up, {@code POST /ingress/{provider}/{key}/functions/{name}} during it.
 */
@RestController
class LiveController {

    private final LiveCallGateway desk;
    private final EventIngestion eventIngestion;
    private final BodyMemoryLimit bodies;
    private final Rejections rejections;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String publicUrl;

    LiveController(
            LiveCallGateway desk,
            EventIngestion eventIngestion,
            BodyMemoryLimit bodies,
            Rejections rejections,
            MeterRegistry meters,
            Clock clock,
            Settings settings) {
        this.desk = desk;
        this.eventIngestion = eventIngestion;
        this.bodies = bodies;
        this.rejections = rejections;
        this.meters = meters;
        this.clock = clock;
        this.publicUrl = settings.publicUrl().toString();
    }

    /** What is done with a request that was read. */
    private interface Answering {
        LiveCallGateway.Answer answer(Webhook webhook, CorrelationId correlation);
    }

    @PermitAll("the signature says who it is")
    @PostMapping("/ingress/{provider}/{key}/inbound")
    JsonNode inbound(
            @PathVariable String provider,
            @PathVariable String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return answer(
                "inbound",
                provider,
                key,
                request,
                response,
                (webhook, correlation) ->
                        desk.inbound(provider, key, webhook.delivery(), webhook.headers(), correlation));
    }

    @PermitAll("the signature says who it is")
    @PostMapping("/ingress/{provider}/{key}/functions/{name}")
    JsonNode function(
            @PathVariable String provider,
            @PathVariable String key,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return answer(
                "function",
                provider,
                key,
                request,
                response,
                (webhook, correlation) -> desk.function(provider, key, name, webhook.delivery(), correlation));
    }

    private JsonNode answer(
            String kind,
            String provider,
            String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Answering answering)
            throws IOException {
        var timing = Timer.start(meters);
        // Ours, as at the front door for webhooks: it is not part of what the vendor signed.
        String correlation = Ids.next("cor", clock.instant());
        request.setAttribute(CorrelationFilter.NAME, correlation);
        response.setHeader(CorrelationFilter.HEADER, correlation);
        String outcome = "error";
        try (var _ = MDC.putCloseable(CorrelationFilter.NAME, correlation)) {
            var normaliser = eventIngestion.normaliser(provider).orElseThrow(WebhookAuthenticator::forged);
            WebhookReader.requireReadable(request, normaliser);
            try (var body = bodies.read(request.getInputStream(), eventIngestion.addressed(provider, key))) {
                var webhook = WebhookReader.read(request, body.bytes(), publicUrl);
                var answer = answering.answer(webhook, new CorrelationId(correlation));
                outcome = answer.outcome();
                return answer.body();
            }
        } catch (Problem problem) {
            outcome = problem.type().name().toLowerCase(Locale.ROOT);
            boolean known = eventIngestion.normaliser(provider).isPresent();
            rejections.note(known ? provider : "unknown", problem.type(), request.getRemoteAddr());
            throw problem;
        } finally {
            timing.stop(Timer.builder("live.answer")
                    .description("From the first byte of a live call's question to the answer")
                    .tags("kind", kind, "outcome", outcome)
                    .publishPercentileHistogram()
                    .register(meters));
        }
    }
}
