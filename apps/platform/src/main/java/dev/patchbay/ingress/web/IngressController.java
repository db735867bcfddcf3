package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.ingress.internal.BodyMemoryLimit;
import dev.patchbay.ingress.internal.EventIngestion;
import dev.patchbay.ingress.internal.Rejections;
import dev.patchbay.ingress.internal.WebhookAuthenticator;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.CorrelationFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where webhooks enter: {@code POST /ingress/{provider}/{key}}. */
@RestController
class IngressController {

    private static final String UNKNOWN = "unknown";

    private final EventIngestion eventIngestion;
    private final BodyMemoryLimit bodies;
    private final Rejections rejections;
    private final MeterRegistry meters;
    private final Timer accepting;
    private final Clock clock;
    private final String publicUrl;

    IngressController(
            EventIngestion eventIngestion,
            BodyMemoryLimit bodies,
            Rejections rejections,
            MeterRegistry meters,
            Clock clock,
            Settings settings) {
        this.eventIngestion = eventIngestion;
        this.bodies = bodies;
        this.rejections = rejections;
        this.meters = meters;
        this.accepting = Timer.builder("ingress.accept")
                .description("From the first byte to the answer")
                .publishPercentileHistogram()
                .register(meters);
        this.clock = clock;
        this.publicUrl = settings.publicUrl().toString();
    }

    /** @param status {@code accepted} or {@code duplicate} */
    record Answer(String eventId, String correlationId, String status) {}

    @PermitAll("the signature says who it is")
    @PostMapping("/ingress/{provider}/{key}")
    ResponseEntity<Object> receive(
            @PathVariable String provider,
            @PathVariable String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var timing = Timer.start(meters);
        // Ours, whatever the request offers: it is not part of what the vendor signed.
        String correlation = Ids.next("cor", clock.instant());
        request.setAttribute(CorrelationFilter.NAME, correlation);
        response.setHeader(CorrelationFilter.HEADER, correlation);
        String outcome = "error";
        try (var _ = MDC.putCloseable(CorrelationFilter.NAME, correlation)) {
            var normaliser = normaliser(provider, request);
            var receipt = accept(normaliser, key, request, new CorrelationId(correlation));
            outcome = receipt.duplicate() ? "duplicate" : "accepted";
            response.setHeader(CorrelationFilter.HEADER, receipt.correlationId());
            return answer(normaliser, receipt, outcome);
        } catch (Problem problem) {
            outcome = problem.type().name().toLowerCase(Locale.ROOT);
            throw problem;
        } finally {
            count(provider, outcome);
            timing.stop(accepting);
        }
    }

    private Normaliser normaliser(String provider, HttpServletRequest request) {
        return eventIngestion.normaliser(provider).orElseThrow(() -> {
            rejections.note(UNKNOWN, ProblemType.SIGNATURE_INVALID, request.getRemoteAddr());
            return WebhookAuthenticator.forged();
        });
    }

    private EventIngestion.Receipt accept(
            Normaliser normaliser, String key, HttpServletRequest request, CorrelationId correlation)
            throws IOException {
        try (var body = body(normaliser, key, request)) {
            return eventIngestion.accept(
                    normaliser, key, WebhookReader.read(request, body.bytes(), publicUrl), correlation);
        }
    }

    private BodyMemoryLimit.Held body(Normaliser normaliser, String key, HttpServletRequest request)
            throws IOException {
        try {
            WebhookReader.requireReadable(request, normaliser);
            return bodies.read(request.getInputStream(), eventIngestion.addressed(normaliser.provider(), key));
        } catch (Problem refused) {
            rejections.note(normaliser.provider(), refused.type(), request.getRemoteAddr());
            throw refused;
        }
    }

    private static ResponseEntity<Object> answer(
            Normaliser normaliser, EventIngestion.Receipt receipt, String outcome) {
        return normaliser
                .acknowledgement()
                .map(wanted -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(wanted.mediaType()))
                        .body((Object) wanted.body().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.status(receipt.duplicate() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(new Answer(receipt.eventId(), receipt.correlationId(), outcome)));
    }

    /** A provider nobody knows is text from outside: it must not become a time series. */
    private void count(String provider, String outcome) {
        meters.counter(
                        "ingress.requests",
                        "provider",
                        eventIngestion.normaliser(provider).isPresent() ? provider : UNKNOWN,
                        "outcome",
                        outcome)
                .increment();
    }
}
