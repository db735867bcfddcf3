package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency.Way;
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
 * What every adapter proves of each outward function: done once through lost, late, hollow and refused answers, and through
 * crashes, by the sandbox's own books. A new adapter says how it is connected and what to try.
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

    protected SandboxFixture world;
    protected final ClientId client = new ClientId("cli_kit_" + UUID.randomUUID());
    protected final ConnectionId connection = new ConnectionId("con_kit_" + UUID.randomUUID());

    /**
     * One outward function, and how to try it.
     *
     * @param operation of the sandbox that does it
     * @param input of an act that was not asked for before
     * @param books how often the sandbox's books hold the act
     */
    public record Trial(
            String function, String operation, Supplier<JsonNode> input, ToIntFunction<ActionRequest> books) {

        @Override
        public String toString() {
            return function;
        }
    }

    protected abstract String provider();

    protected abstract JsonNode settings();

    protected abstract Map<String, String> secrets();

    protected abstract JsonNode binding();

    /** Every outward function of the adapter. */
    protected abstract List<Trial> trials();

    @BeforeAll
    void connect(@TempDir Path books) {
        world = new SandboxFixture(books);
        clients.put(AdapterFixture.TENANT, new Client(client, "Kit", ZoneId.of("America/New_York"), Json.object()));
        reach(world.baseUrl(provider()));
        var scope = TenantScope.of(AdapterFixture.TENANT, client);
        ports().forEach(port -> {
            connections.bind(scope, port, connection, binding());
            connections.findBound(scope, port);
        });
    }

    @AfterAll
    void leave() {
        world.close();
    }

    private Stream<String> ports() {
        return trials().stream()
                .map(trial -> PortFunction.named(trial.function()).portName())
                .distinct();
    }

    private void reach(URI address) {
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(connection, provider(), "Kit", address, settings(), secrets(), Optional.empty()));
    }

    protected ActionRequest acting(Trial trial) {
        return adapterFixture.acting(client, trial.function(), trial.input().get());
    }

    private Port adapter(Trial trial) {
        return adapterFixture.adapter(provider(), trial.function());
    }

    private Outcome attempt(ActionRequest actionRequest, Trial trial, FaultyAdapter.Meddling meddling) {
        return adapterFixture.attempt(
                actionRequest,
                FaultyAdapter.with(
                        adapter(trial), PortFunction.named(trial.function()).port(), meddling));
    }

    private void fault(Trial trial, String fault, int delayMs) {
        world.injectFault(provider(), trial.operation(), fault, delayMs);
    }

    protected void assertOnce(ActionRequest actionRequest, Trial trial, Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        assertThat(trial.books().applyAsInt(actionRequest)).isEqualTo(1);
        assertThat(adapterFixture.incidents(actionRequest)).isZero();
        assertThat(adapterFixture.attempt(actionRequest)).as("asked once more").isEqualTo(outcome);
        assertThat(trial.books().applyAsInt(actionRequest)).isEqualTo(1);
    }

    protected static void assertAgain(Outcome outcome, FailureReason failureReason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(failureReason));
    }

    @Test
    void everyOutwardFunctionIsTried() {
        List<String> outward = PortFunction.ALL.stream()
                .filter(PortFunction::acts)
                .filter(function -> ports().anyMatch(function.portName()::equals))
                .<String>map(PortFunction::name)
                .toList();
        assertThat(trials()).extracting(Trial::function).containsExactlyInAnyOrderElementsOf(outward);
        assertThat(adapter(trials().getFirst()).idempotency()).containsOnlyKeys(outward);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void isDoneOnce(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        assertOnce(actionRequest, trial, adapterFixture.attempt(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aLostAnswerIsFoundByLookingUp(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "lost_response", 0);
        assertAgain(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void askedTwiceItIsDoneAsOftenAsItsContractSays(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        Outcome outcome = attempt(actionRequest, trial, doing -> {
            doing.act();
            return doing.act();
        });
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        Way way =
                PortFunction.named(trial.function()).idempotency(adapter(trial)).way();
        assertThat(trial.books().applyAsInt(actionRequest)).as(way.words()).isEqualTo(way == Way.LOOK_UP ? 2 : 1);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerPastTheDeadlineIsFound(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "slow", 1200);
        assertAgain(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertOnce(actionRequest, trial, adapterFixture.finishInTime(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void whereNobodyListensNothingIsSent(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        reach(URI.create("http://127.0.0.1:1"));
        try {
            assertAgain(adapterFixture.attempt(actionRequest), FailureReason.PROVIDER_DOWN);
        } finally {
            reach(world.baseUrl(provider()));
        }
        assertThat(trial.books().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeItSendsLeavesItToTheNext(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        assertThatThrownBy(() -> attempt(actionRequest, trial, doing -> {
                    throw new Crash("claimed");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.books().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeTheAnswerComesDoesNotHaveItDoneTwice(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "lost_response", 0);
        assertDiesAfterSending(actionRequest, trial);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeItWritesTheAnswerDownDoesNotHaveItDoneTwice(Trial trial) {
        assertDiesAfterSending(acting(trial), trial);
    }

    private void assertDiesAfterSending(ActionRequest actionRequest, Trial trial) {
        assertThatThrownBy(() -> attempt(actionRequest, trial, doing -> {
                    doing.act();
                    throw new Crash("sent");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.books().applyAsInt(actionRequest)).isEqualTo(1);
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void refusedCredentialsAreRenewedOrAPersonEntersThemAgain(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "401", 0);
        Outcome refused = adapterFixture.attempt(actionRequest);
        assertThat(trial.books().applyAsInt(actionRequest)).isZero();
        if (refused instanceof Outcome.Failed failed) {
            assertThat(failed.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
            connections.reconnect(AdapterFixture.TENANT, connection, secrets());
        } else {
            assertAgain(refused, FailureReason.AUTH_EXPIRED);
        }
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProviderThatHasHadEnoughIsLeftInPeaceForAsLongAsItSays(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "429", 1000);
        assertThat(adapterFixture.attempt(actionRequest)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(FailureReason.RATE_LIMITED);
            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(adapterFixture.ask(actionRequest)).isInstanceOf(Outcome.Deferred.class);
        assertThat(trial.books().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aFailureOfTheProviderIsLookedUpBeforeItIsSentAgain(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "500", 0);
        assertAgain(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        assertThat(trial.books().applyAsInt(actionRequest)).isZero();
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerThatDoesNotSayWhatCameOfItIsNotBelieved(Trial trial) {
        ActionRequest actionRequest = acting(trial);
        fault(trial, "hollow", 0);
        assertThat(adapterFixture.attempt(actionRequest)).isNotInstanceOf(Outcome.Failed.class);
        assertThat(trial.books().applyAsInt(actionRequest)).isEqualTo(1);
        assertOnce(actionRequest, trial, adapterFixture.finish(actionRequest));
    }
}
