package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.spi.Idempotency.Way;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.iam.Client;
import dev.patchbay.iam.Clients;
import dev.patchbay.integrations.SandboxWorld;
import dev.patchbay.kernel.ClientId;
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
    protected Stage stage;

    @Autowired
    protected Connections connections;

    @Autowired
    private Clients clients;

    protected SandboxWorld world;
    protected final ClientId client = new ClientId("cli_kit_" + UUID.randomUUID());
    protected final String connection = "con_kit_" + UUID.randomUUID();

    /**
     * One outward function, and how to try it.
     *
     * @param operation of the sandbox that does it
     * @param input of an act that was not asked for before
     * @param books how often the sandbox's books hold the act
     */
    public record Trial(String function, String operation, Supplier<JsonNode> input, ToIntFunction<Acting> books) {

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
        world = new SandboxWorld(books);
        clients.put(Stage.TENANT, new Client(client, "Kit", ZoneId.of("America/New_York"), Json.object()));
        reach(world.at(provider()));
        var scope = TenantScope.of(Stage.TENANT, client);
        ports().forEach(port -> {
            connections.bind(scope, port, connection, binding());
            connections.bound(scope, port);
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
                Stage.TENANT,
                new NewConnection(connection, provider(), "Kit", address, settings(), secrets(), Optional.empty()));
    }

    protected Acting acting(Trial trial) {
        return stage.acting(client, trial.function(), trial.input().get());
    }

    private Port adapter(Trial trial) {
        return stage.adapter(provider(), trial.function());
    }

    private Outcome attempt(Acting acting, Trial trial, Meddled.Meddling meddling) {
        return stage.attempt(
                acting,
                Meddled.with(
                        adapter(trial), PortFunction.named(trial.function()).port(), meddling));
    }

    private void fault(Trial trial, String fault, int delayMs) {
        world.fault(provider(), trial.operation(), fault, delayMs);
    }

    protected void assertOnce(Acting acting, Trial trial, Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(trial.books().applyAsInt(acting)).isEqualTo(1);
        assertThat(stage.incidents(acting)).isZero();
        assertThat(stage.attempt(acting)).as("asked once more").isEqualTo(outcome);
        assertThat(trial.books().applyAsInt(acting)).isEqualTo(1);
    }

    protected static void assertAgain(Outcome outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Again.class, again -> assertThat(again.reason()).isEqualTo(reason));
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
        Acting acting = acting(trial);
        assertOnce(acting, trial, stage.attempt(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aLostAnswerIsFoundByLookingUp(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "lost_response", 0);
        assertAgain(stage.attempt(acting), Reason.UNKNOWN_OUTCOME);
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void askedTwiceItIsDoneAsOftenAsItsContractSays(Trial trial) {
        Acting acting = acting(trial);
        Outcome outcome = attempt(acting, trial, doing -> {
            doing.act();
            return doing.act();
        });
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        Way way =
                PortFunction.named(trial.function()).idempotency(adapter(trial)).way();
        assertThat(trial.books().applyAsInt(acting)).as(way.words()).isEqualTo(way == Way.LOOK_UP ? 2 : 1);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerPastTheDeadlineIsFound(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "slow", 1200);
        assertAgain(stage.attempt(acting), Reason.UNKNOWN_OUTCOME);
        assertOnce(acting, trial, stage.finishInTime(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void whereNobodyListensNothingIsSent(Trial trial) {
        Acting acting = acting(trial);
        reach(URI.create("http://127.0.0.1:1"));
        try {
            assertAgain(stage.attempt(acting), Reason.PROVIDER_DOWN);
        } finally {
            reach(world.at(provider()));
        }
        assertThat(trial.books().applyAsInt(acting)).isZero();
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeItSendsLeavesItToTheNext(Trial trial) {
        Acting acting = acting(trial);
        assertThatThrownBy(() -> attempt(acting, trial, doing -> {
                    throw new Crash("claimed");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.books().applyAsInt(acting)).isZero();
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeTheAnswerComesDoesNotHaveItDoneTwice(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "lost_response", 0);
        assertDiesAfterSending(acting, trial);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProcessThatDiesBeforeItWritesTheAnswerDownDoesNotHaveItDoneTwice(Trial trial) {
        assertDiesAfterSending(acting(trial), trial);
    }

    private void assertDiesAfterSending(Acting acting, Trial trial) {
        assertThatThrownBy(() -> attempt(acting, trial, doing -> {
                    doing.act();
                    throw new Crash("sent");
                }))
                .isInstanceOf(Crash.class);
        assertThat(trial.books().applyAsInt(acting)).isEqualTo(1);
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void refusedCredentialsAreRenewedOrAPersonEntersThemAgain(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "401", 0);
        Outcome refused = stage.attempt(acting);
        assertThat(trial.books().applyAsInt(acting)).isZero();
        if (refused instanceof Outcome.GaveUp gaveUp) {
            assertThat(gaveUp.reason()).isEqualTo(Reason.AUTH_EXPIRED);
            connections.reconnect(Stage.TENANT, connection, secrets());
        } else {
            assertAgain(refused, Reason.AUTH_EXPIRED);
        }
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aProviderThatHasHadEnoughIsLeftInPeaceForAsLongAsItSays(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "429", 1000);
        assertThat(stage.attempt(acting)).isInstanceOfSatisfying(Outcome.Again.class, again -> {
            assertThat(again.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(again.after()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(stage.ask(acting)).isInstanceOf(Outcome.NotYet.class);
        assertThat(trial.books().applyAsInt(acting)).isZero();
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aFailureOfTheProviderIsLookedUpBeforeItIsSentAgain(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "500", 0);
        assertAgain(stage.attempt(acting), Reason.UNKNOWN_OUTCOME);
        assertThat(trial.books().applyAsInt(acting)).isZero();
        assertOnce(acting, trial, stage.finish(acting));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerThatDoesNotSayWhatCameOfItIsNotBelieved(Trial trial) {
        Acting acting = acting(trial);
        fault(trial, "hollow", 0);
        assertThat(stage.attempt(acting)).isNotInstanceOf(Outcome.GaveUp.class);
        assertThat(trial.books().applyAsInt(acting)).isEqualTo(1);
        assertOnce(acting, trial, stage.finish(acting));
    }
}
