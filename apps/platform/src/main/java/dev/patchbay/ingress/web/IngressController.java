package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.ingress.ingestion.BodyMemoryLimit;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.ingestion.Rejections;
import dev.patchbay.ingress.ingestion.WebhookAuthenticator;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
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

/** Receives webhooks: {@code POST /ingress/{provider}/{key}}. */
@RestController
class IngressController {

    private static final String UNKNOWN = "unknown";

    private final EventIngestion ingestion;
    private final BodyMemoryLimit bodies;
    private final Rejections rejections;
    private final MeterRegistry meters;
    private final Timer acceptTimer;
    private final Clock clock;
    private final String publicUrl;

    IngressController(
            EventIngestion ingestion,
            BodyMemoryLimit bodies,
            Rejections rejections,
            MeterRegistry meters,
            Clock clock,
            Settings settings) {
        this.ingestion = ingestion;
        this.bodies = bodies;
        this.rejections = rejections;
        this.meters = meters;
        this.acceptTimer = Timer.builder("ingress.accept")
                .description("From the first byte of a webhook to its answer")
                .publishPercentileHistogram()
                .register(meters);
        this.clock = clock;
        this.publicUrl = settings.publicUrl().toString();
    }

    /** @param status {@code accepted} or {@code duplicate} */
    record WebhookResponse(EventId eventId, String correlationId, String status) {}

    @PermitAll("the signature authenticates it")
    @PostMapping("/ingress/{provider}/{key}")
    ResponseEntity<Object> receive(
            @PathVariable String provider,
            @PathVariable String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var timing = Timer.start(meters);
        // A new id even if the request offers one: the header is not part of what the provider signed.
        String correlation = Ids.next("cor", clock.instant());
        request.setAttribute(CorrelationFilter.NAME, correlation);
        response.setHeader(CorrelationFilter.HEADER, correlation);
        String outcome = "error";
        try (var _ = MDC.putCloseable(CorrelationFilter.NAME, correlation)) {
            var normaliser = normaliser(provider, request);
            var receipt = ingest(normaliser, key, request, new CorrelationId(correlation));
            outcome = receipt.duplicate() ? "duplicate" : "accepted";
            response.setHeader(CorrelationFilter.HEADER, receipt.correlation().value());
            return respond(normaliser, receipt, outcome);
        } catch (Problem problem) {
            outcome = problem.type().name().toLowerCase(Locale.ROOT);
            throw problem;
        } finally {
            count(provider, outcome);
            timing.stop(acceptTimer);
        }
    }

    private Normaliser normaliser(String provider, HttpServletRequest request) {
        return ingestion.normaliser(provider).orElseThrow(() -> {
            rejections.record(UNKNOWN, ProblemType.SIGNATURE_INVALID, request.getRemoteAddr());
            return WebhookAuthenticator.invalidSignature();
        });
    }

    private EventIngestion.Receipt ingest(
            Normaliser normaliser, String key, HttpServletRequest request, CorrelationId correlation)
            throws IOException {
        try (var body = readBody(normaliser, key, request)) {
            return ingestion.ingestWebhook(
                    normaliser, key, WebhookReader.read(request, body.bytes(), publicUrl), correlation);
        }
    }

    private BodyMemoryLimit.ReservedBody readBody(Normaliser normaliser, String key, HttpServletRequest request)
            throws IOException {
        try {
            WebhookReader.requireReadable(request, normaliser);
            return bodies.read(request.getInputStream(), ingestion.isKnownAddress(normaliser.provider(), key));
        } catch (Problem rejected) {
            rejections.record(normaliser.provider(), rejected.type(), request.getRemoteAddr());
            throw rejected;
        }
    }

    private static ResponseEntity<Object> respond(
            Normaliser normaliser, EventIngestion.Receipt receipt, String outcome) {
        return normaliser
                .acknowledgement()
                .map(acknowledgement -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(acknowledgement.mediaType()))
                        .body((Object) acknowledgement.body().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.status(receipt.duplicate() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(new WebhookResponse(
                                receipt.eventId(), receipt.correlation().value(), outcome)));
    }

    /** An unknown provider is text from outside: as a tag it would create time series without limit. */
    private void count(String provider, String outcome) {
        meters.counter(
                        "ingress.requests",
                        "provider",
                        ingestion.normaliser(provider).isPresent() ? provider : UNKNOWN,
                        "outcome",
                        outcome)
                .increment();
    }
}
