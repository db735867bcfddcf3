package dev.patchbay.connections.http;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests to providers. Never sends one twice, follows no redirect, keeps no cookie, reaches no private address (but the operator's OIDC issuer),
 * and stays inside the sender's {@link Window} (ADR 0006, ADR 0009).
 */
@Component
public class OutgoingHttp implements DisposableBean {

    private final HttpSettings settings;
    private final Contracts contracts;
    private final MeterRegistry meters;
    private final ResponseReader reader;
    private final EgressClient providers;
    private final EgressClient issuer;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-deadlines").factory());

    OutgoingHttp(HttpSettings settings, Contracts contracts, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.contracts = contracts;
        this.meters = meters;
        this.reader = new ResponseReader(clock);
        this.providers = EgressClient.open(settings, "");
        this.issuer = EgressClient.open(settings, settings.issuerHost());
    }

    /**
     * Whether requests may go to this address, asked before a connection to it is kept; it is asked again, by the addresses
     * it has then, whenever one goes out.
     *
     * @return what is wrong with it, as a sentence a person can act on; empty when nothing is
     */
    public Optional<String> baseUrlProblem(URI base) {
        return providers.policy().baseUrlProblem(base);
    }

    /** Only what signs people in may go where the operator's issuer is: what a tenant names never leads inside. */
    private EgressClient clientFor(HttpCall call) {
        return call.operation().startsWith("oidc/") ? issuer : providers;
    }

    /**
     * Sends a request that belongs to no act, for example the renewal of a token. It is recorded nowhere, since its
     * body may hold secrets.
     */
    public HttpOutcome send(HttpCall call) {
        return send(call, Window.startingNow(settings.attemptTimeout()), unheard -> {});
    }

    /**
     * Sends a request and waits for its answer, both inside the window and the attempt's timeout.
     *
     * @param journal hears of the exchange, redacted and without headers; not of one that was not attempted
     */
    public HttpOutcome send(HttpCall call, Window window, Consumer<Exchange> journal) {
        long started = System.nanoTime();
        HttpOutcome outcome = attempt(call, window);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        meters.timer(
                        "provider.requests",
                        "operation",
                        call.operation(),
                        "outcome",
                        ExchangeRecorder.outcomeLabel(outcome))
                .record(took);
        journal.accept(ExchangeRecorder.record(call, outcome, took));
        return outcome;
    }

    private HttpOutcome attempt(HttpCall call, Window window) {
        Optional<String> problem = clientFor(call)
                .policy()
                .spellingProblem(call.uri())
                .or(() -> payload(call).flatMap(body -> contracts.requestProblem(call.operation(), body)));
        if (problem.isPresent()) {
            return new NotSent(problem.get());
        }
        Duration left = window.remaining();
        if (left.isZero()) {
            return new NotSent("The time to act had passed before the request was sent.");
        }
        Duration deadline = left.compareTo(settings.attemptTimeout()) < 0 ? left : settings.attemptTimeout();
        return exchange(call, new Attempt(window), deadline);
    }

    private HttpOutcome exchange(HttpCall call, Attempt attempt, Duration deadline) {
        HttpUriRequestBase request = ApacheClientFactory.request(call, attempt);
        Future<?> alarm = deadlines.schedule(
                () -> {
                    attempt.markTimedOut(deadline);
                    request.abort();
                },
                deadline.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return clientFor(call)
                    .client()
                    .execute(request, attempt.context(), response -> readResponse(call, response));
        } catch (IOException failure) {
            return attempt.classifyFailure(call.uri().getHost(), failure);
        } finally {
            alarm.cancel(false);
        }
    }

    private HttpOutcome readResponse(HttpCall call, ClassicHttpResponse response) throws IOException {
        Responded responded = reader.read(response);
        Optional<String> problem = responded.isSuccess()
                ? contracts.responseProblem(call.operation(), responded.body())
                : Optional.empty();
        return problem.isPresent() ? new Lost(problem.get()) : responded;
    }

    /** What goes out: a form is checked as an object of texts. */
    static Optional<JsonNode> payload(HttpCall call) {
        return Optional.ofNullable(call.body())
                .or(() -> Optional.ofNullable(call.form()).map(Json::tree));
    }

    @Override
    public void destroy() throws IOException {
        deadlines.shutdownNow();
        providers.client().close();
        issuer.client().close();
    }
}
