package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.integrations.SandboxFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Two clients share a location of HighLevel and send far more requests at once than it allows. */
@PatchbayTest
class RateLimitTests {

    @Autowired
    private AdapterFixture adapterFixture;

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    @Test
    void threeHundredConcurrentCallsMeetNo429(@TempDir Path directory) {
        try (var sandbox = new SandboxFixture(directory)) {
            ClientId one = client(sandbox);
            ClientId other = client(sandbox);
            var ada = Json.object().put("phone", "+14155550123").put("source", "kit");
            var created =
                    (Outcome.Succeeded) adapterFixture.attempt(adapterFixture.request(one, "crm.upsertContact", ada));
            var contact = Json.object().set("id", created.value().path("id"));
            for (int i = 0; i < 300; i++) {
                ActionRequest read = adapterFixture.request(i % 3 == 0 ? other : one, "crm.getContact", contact);
                threads.execute(() -> callUntilDone(read));
            }

            await().atMost(Duration.ofMinutes(2)).until(() -> outcomes.size() == 300);

            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Succeeded.class));
            assertThat(sandbox.readState("/highlevel/refusals").asInt()).isZero();
        }
    }

    private ClientId client(SandboxFixture sandbox) {
        ClientId client = new ClientId("cli_rate_" + UUID.randomUUID());
        clients.put(AdapterFixture.TENANT, new Client(client, "Rate", ZoneId.of("America/New_York"), Json.object()));
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(
                        new ConnectionId("con_rate"),
                        "highlevel",
                        "Rate",
                        sandbox.baseUrl("highlevel"),
                        Json.object().put("locationId", "loc_2"),
                        Map.of("client_id", "hl", "client_secret", "hl-secret", "refresh_token", "hl-refresh-2"),
                        Optional.empty()));
        var scope = TenantScope.of(AdapterFixture.TENANT, client);
        connections.bind(scope, "crm", new ConnectionId("con_rate"), Json.object());
        connections.findBound(scope, "crm");
        return client;
    }

    /** Tries again after each wait, as a durable step does. */
    private void callUntilDone(ActionRequest actionRequest) {
        Outcome outcome = adapterFixture.attemptOnce(actionRequest);
        if (outcome instanceof Outcome.Deferred later) {
            CompletableFuture.delayedExecutor(later.after().toMillis(), TimeUnit.MILLISECONDS, threads)
                    .execute(() -> callUntilDone(actionRequest));
        } else {
            outcomes.add(outcome);
        }
    }
}
