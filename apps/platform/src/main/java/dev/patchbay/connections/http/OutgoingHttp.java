package dev.patchbay.connections.http;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests to providers. It never repeats a request, follows no redirect, stores no cookie, connects to no private
 * address (except the operator's OIDC issuer), and stays within the sender's {@link Window} (ADR 0006, ADR 0009).
 */
@Component
public class OutgoingHttp implements DisposableBean {

    private static final int MAX_REQUESTS_OF_A_TENANT = 100;

    private final HttpSettings settings;
    private final Contracts contracts;
    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final ResponseReader reader;
    private final EgressClient providers;
    private final EgressClient issuer;
    private final TenantShares shares = new TenantShares(MAX_REQUESTS_OF_A_TENANT);
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-deadlines").factory());

    OutgoingHttp(
            HttpSettings settings,
            Contracts contracts,
            MeterRegistry meters,
            ObservationRegistry observations,
            Clock clock) {
        this.settings = settings;
        this.contracts = contracts;
        this.meters = meters;
        this.observations = observations;
        this.reader = new ResponseReader(clock);
        this.providers = EgressClient.open(settings, "");
        this.issuer = EgressClient.open(settings, settings.issuerHost());
    }

    /**
     * Checks a base address before a connection with it is stored. Each request checks the resolved addresses again.
     *
     * @return the problem, as a sentence that a person can act on; empty when requests may go there
     */
    public Optional<String> baseUrlProblem(URI base) {
        return providers.policy().baseUrlProblem(base);
    }

    /**
     * Chooses the client of the request. Only sign-in requests may go to the operator's issuer, so that an address from a
     * tenant never leads to a private one.
     */
    private EgressClient clientFor(HttpCall call) {
        return call.operation().startsWith("oidc/") ? issuer : providers;
    }

    /**
     * Sends a request outside any action, for example a token refresh. It is not recorded, because its body may contain
     * secrets.
     */
    public HttpOutcome send(HttpCall call) {
        return measure(call, Window.startingNow(settings.attemptTimeout()), (outcome, took) -> {});
    }

    /**
     * Sends a request and waits for its response, within the window and the attempt's timeout.
     *
     * @param journal receives the exchange, redacted and without headers
     */
    public HttpOutcome send(HttpCall call, Window window, Consumer<Exchange> journal) {
        return measure(call, window, (outcome, took) -> journal.accept(ExchangeRecorder.record(call, outcome, took)));
    }

    private HttpOutcome measure(HttpCall call, Window window, BiConsumer<HttpOutcome, Duration> recorder) {
        long started = System.nanoTime();
        HttpOutcome outcome = observe(call, window);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        meters.timer(
                        "provider.requests",
                        "operation",
                        call.operation(),
                        "outcome",
                        ExchangeRecorder.outcomeLabel(outcome))
                .record(took);
        recorder.accept(outcome, took);
        return outcome;
    }

    /** Sends the call in a span of the trace of the request or run that sends it. */
    private HttpOutcome observe(HttpCall call, Window window) {
        Observation observation = Observation.start("provider", observations)
                .contextualName("provider " + call.operation())
                .lowCardinalityKeyValue("operation", call.operation());
        try (var _ = observation.openScope()) {
            HttpOutcome outcome = attempt(call, window);
            observation.lowCardinalityKeyValue("outcome", ExchangeRecorder.outcomeLabel(outcome));
            return outcome;
        } finally {
            observation.stop();
        }
    }

    private HttpOutcome attempt(HttpCall call, Window window) {
        Optional<String> problem = clientFor(call)
                .policy()
                .spellingProblem(call.uri())
                .or(() -> payload(call).flatMap(body -> contracts.requestProblem(call.operation(), body)));
        if (problem.isPresent()) {
            return new NotSent(problem.get());
        }
        Duration remaining = window.remaining();
        if (remaining.isZero()) {
            return new NotSent("The send window had closed before the request was sent.");
        }
        Duration deadline = remaining.compareTo(settings.attemptTimeout()) < 0 ? remaining : settings.attemptTimeout();
        return exchangeInShare(call, new Attempt(window), deadline);
    }

    private HttpOutcome exchangeInShare(HttpCall call, Attempt attempt, Duration deadline) {
        try (var place = shares.take(deadline).orElse(null)) {
            return place == null || place.waited().compareTo(deadline) >= 0
                    ? new NotSent("Too many requests of this agency wait for their providers.")
                    : exchange(call, attempt, deadline.minus(place.waited()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new NotSent("The process is stopping.");
        }
    }

    private HttpOutcome exchange(HttpCall call, Attempt attempt, Duration deadline) {
        HttpUriRequestBase request = ApacheClientFactory.request(call, attempt);
        Future<?> timeout = deadlines.schedule(
                () -> {
                    attempt.markTimedOut(deadline);
                    request.abort();
                },
                deadline.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return attempt.execute(clientFor(call).client(), request, response -> readResponse(call, response));
        } finally {
            timeout.cancel(false);
        }
    }

    private HttpOutcome readResponse(HttpCall call, ClassicHttpResponse response) throws IOException {
        Responded responded = reader.read(response);
        Optional<String> problem = responded.isSuccess()
                ? contracts.responseProblem(call.operation(), responded.body())
                : Optional.empty();
        return problem.isPresent() ? new Lost(problem.get()) : responded;
    }

    /**
     * Returns the body that is checked and recorded. A form becomes an object of texts, and of lists where a field is sent
     * several times.
     */
    static Optional<JsonNode> payload(HttpCall call) {
        return Optional.ofNullable(call.body())
                .or(() -> Optional.ofNullable(call.form()).map(OutgoingHttp::formPayload));
    }

    private static JsonNode formPayload(Map<String, List<String>> form) {
        var payload = Json.object();
        form.forEach((name, values) -> payload.set(name, Json.tree(values.size() == 1 ? values.getFirst() : values)));
        return payload;
    }

    @Override
    public void destroy() throws IOException {
        deadlines.shutdownNow();
        providers.client().close();
        issuer.client().close();
    }
}
