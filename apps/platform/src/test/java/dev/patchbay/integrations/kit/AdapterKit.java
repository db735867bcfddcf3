package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency.Mechanism;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.integrations.SandboxFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * Proves of each function of an adapter that it takes effect once, through lost, late, empty and refused responses and through
 * crashes, by what the sandbox has stored. A new adapter states its connection and its trials.
 */
@PatchbayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterKit {

    @Autowired
    protected AdapterFixture adapterFixture;

    @Autowired
    protected Connections connections;

    @Autowired
    private Clients clients;

    protected SandboxFixture sandbox;
    protected final ClientId client = new ClientId("cli_kit_" + UUID.randomUUID());
    protected final ConnectionId connection = new ConnectionId("con_kit_" + UUID.randomUUID());

    /**
     * One function with an effect, and how to try it.
     *
     * @param operation of the sandbox that carries it out
     * @param input of a new request
     * @param countAtProvider how often the sandbox has stored the effect of a request
     */
    public record Trial(
            String function, String operation, Supplier<JsonNode> input, ToIntFunction<ActionRequest> countAtProvider) {

        @Override
        public String toString() {
            return function;
        }
    }

    protected abstract String provider();

    protected abstract JsonNode settings();

    protected abstract Map<String, String> secrets();

    protected abstract JsonNode binding();

    /** How long an attempt may take: longer where one call sends many requests. */
    protected Duration window() {
        return AdapterFixture.WINDOW;
    }

    /** One for each function of the adapter with an effect. */
    protected abstract List<Trial> trials();

    @BeforeAll
    void connect(@TempDir Path directory) {
        sandbox = new SandboxFixture(directory);
        clients.put(AdapterFixture.TENANT, new Client(client, "Kit", ZoneId.of("America/New_York"), Json.object()));
        registerConnection(sandbox.baseUrl(provider()));
        var scope = TenantScope.of(AdapterFixture.TENANT, client);
        ports().forEach(port -> {
            connections.bind(scope, port, connection, binding());
            connections.findBound(scope, port);
        });
    }

    @AfterAll
    void closeSandbox() {
        sandbox.close();
    }

    private Stream<String> ports() {
        return trials().stream()
                .map(trial -> PortFunction.byName(trial.function()).portName())
                .distinct();
    }

    protected void registerConnection(URI address) {
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(connection, provider(), "Kit", address, settings(), secrets(), Optional.empty()));
    }

    protected ActionRequest request(Trial trial) {
        return adapterFixture.request(client, trial.function(), trial.input().get(), window());
    }

    private Port adapter(Trial trial) {
        return adapterFixture.adapter(provider(), trial.function());
    }

    private Outcome attempt(ActionRequest actionRequest, Trial trial, FaultyAdapter.Fault fault) {
        return adapterFixture.attempt(
                actionRequest,
                FaultyAdapter.with(adapter(trial), AdapterFixture.role(PortFunction.byName(trial.function())), fault));
    }

    private void injectFault(Trial trial, String fault, int delayMs) {
        sandbox.injectFault(provider(), trial.operation(), fault, delayMs);
    }

    protected void assertOnce(ActionRequest actionRequest, Trial trial, Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isEqualTo(1);
        assertThat(adapterFixture.countIncidents(actionRequest)).isZero();
        assertThat(adapterFixture.attempt(actionRequest))
                .as("a further attempt")
                .isEqualTo(outcome);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isEqualTo(1);
    }

    protected static void assertRetry(Outcome outcome, FailureReason failureReason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(failureReason));
    }

    @Test
    void everyFunctionWithAnEffectHasATrial() {
        List<String> expected = PortFunction.ALL.stream()
                .filter(PortFunction::hasEffect)
                .filter(function -> ports().anyMatch(function.portName()::equals))
                .<String>map(PortFunction::name)
                .toList();
        assertThat(trials()).extracting(Trial::function).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(adapter(trials().getFirst()).idempotency()).containsOnlyKeys(expected);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anEffectHappensOnce(Trial trial) {
        ActionRequest actionRequest = request(trial);
        assertOnce(actionRequest, trial, adapterFixture.attempt(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aLostResponseIsFoundByALookUp(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "lost_response", 0);
        assertRetry(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aRepeatedRequestTakesEffectAsItsIdempotencySays(Trial trial) {
        ActionRequest actionRequest = request(trial);
        Outcome outcome = attempt(actionRequest, trial, call -> {
            call.proceed();
            return call.proceed();
        });
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        Mechanism mechanism = PortFunction.byName(trial.function())
                .idempotency(adapter(trial))
                .mechanism();
        assertThat(trial.countAtProvider().applyAsInt(actionRequest))
                .as(mechanism.label())
                .isEqualTo(mechanism == Mechanism.LOOK_UP ? 2 : 1);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aResponseAfterTheDeadlineIsFoundByALookUp(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "slow", (int) window().plusMillis(200).toMillis());
        assertRetry(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertOnce(actionRequest, trial, adapterFixture.finishInRealTime(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anUnreachableProviderIsRetried(Trial trial) {
        ActionRequest actionRequest = request(trial);
        registerConnection(URI.create("http://127.0.0.1:1"));
        try {
            assertRetry(adapterFixture.attempt(actionRequest), FailureReason.PROVIDER_DOWN);
        } finally {
            registerConnection(sandbox.baseUrl(provider()));
        }
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aCrashBeforeSendingLeavesTheEffectToTheNextProcess(Trial trial) {
        ActionRequest actionRequest = request(trial);
        assertThatThrownBy(() -> attempt(actionRequest, trial, call -> {
                    throw new Crash("claimed");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aCrashBeforeTheResponseDoesNotDoubleTheEffect(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "lost_response", 0);
        assertOnceAfterCrash(actionRequest, trial);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aCrashBeforeTheResponseIsStoredDoesNotDoubleTheEffect(Trial trial) {
        assertOnceAfterCrash(request(trial), trial);
    }

    private void assertOnceAfterCrash(ActionRequest actionRequest, Trial trial) {
        assertThatThrownBy(() -> attempt(actionRequest, trial, call -> {
                    call.proceed();
                    throw new Crash("sent");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isEqualTo(1);
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void rejectedCredentialsAreRefreshedOrAPersonReconnects(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "401", 0);
        Outcome outcome = adapterFixture.attempt(actionRequest);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isZero();
        if (outcome instanceof Outcome.Failed failed) {
            assertThat(failed.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
            connections.reconnect(AdapterFixture.TENANT, connection, secrets());
        } else {
            assertRetry(outcome, FailureReason.AUTH_EXPIRED);
        }
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void noRequestIsSentDuringTheDelayOfA429(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "429", 1000);
        assertThat(adapterFixture.attempt(actionRequest)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(FailureReason.RATE_LIMITED);
            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(adapterFixture.attemptOnce(actionRequest)).isInstanceOf(Outcome.Deferred.class);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aServerErrorIsLookedUpBeforeAnythingIsSentAgain(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "500", 0);
        assertRetry(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anIncompleteResponseIsNotTrusted(Trial trial) {
        ActionRequest actionRequest = request(trial);
        injectFault(trial, "hollow", 0);
        assertThat(adapterFixture.attempt(actionRequest)).isNotInstanceOf(Outcome.Failed.class);
        assertThat(trial.countAtProvider().applyAsInt(actionRequest)).isEqualTo(1);
        assertOnce(actionRequest, trial, adapterFixture.finishWithoutWaiting(actionRequest));
    }
}
