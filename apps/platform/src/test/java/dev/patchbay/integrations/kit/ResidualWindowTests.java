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
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The residual window, which no client can close (ADR 0006): a request is delayed after the last check, as by a frozen process,
 * a socket's buffer or a proxy. Here the act window is 1 s and a text's settle time 500 ms.
 */
@PatchbayTest
class ResidualWindowTests {

    @Autowired
    private AdapterFixture adapterFixture;

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    private final ClientId client = new ClientId("cli_wire_" + UUID.randomUUID());
    private final String key = "wire" + UUID.randomUUID();
    private SandboxFixture sandbox;
    private Optional<DelayingProxy> proxy = Optional.empty();

    @BeforeEach
    void start(@TempDir Path directory) {
        sandbox = new SandboxFixture(directory);
        clients.put(AdapterFixture.TENANT, new Client(client, "Wire", ZoneId.of("America/New_York"), Json.object()));
    }

    @AfterEach
    void close() throws IOException {
        if (proxy.isPresent()) {
            proxy.get().close();
        }
        sandbox.close();
    }

    private void connect(
            String provider, String port, JsonNode settings, Map<String, String> secrets, ObjectNode binding) {
        DelayingProxy delayingProxy = new DelayingProxy(sandbox.baseUrl(provider));
        proxy = Optional.of(delayingProxy);
        var connection = new ConnectionId("con_wire_" + UUID.randomUUID());
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(
                        connection, provider, "Wire", delayingProxy.address(), settings, secrets, Optional.of(key)));
        var scope = TenantScope.of(AdapterFixture.TENANT, client);
        connections.bind(scope, port, connection, binding);
        connections.findBound(scope, port);
        connections.mapRoute(AdapterFixture.TENANT, connection, "number", "+14155550100", client);
    }

    private ActionRequest smsRequest() {
        connect(
                "twilio",
                "messaging",
                Json.object()
                        .put("accountSid", SandboxFixture.SID)
                        .put("messagesPerSecond", 1000)
                        .put(
                                "statusCallbackUrl",
                                "http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/twilio/" + key),
                Map.of("auth_token", "tw-token"),
                Json.object().put("from", "+14155550100"));
        return adapterFixture.request(
                client,
                "messaging.sendSms",
                Json.object().put("to", "+14155550123").put("text", "See you on Tuesday"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1300})
    void aTextDelayedWithinWindowAndSettleTimeIsSentOnce(int milliseconds) {
        ActionRequest text = smsRequest();
        proxy.orElseThrow().delayNext(Duration.ofMillis(milliseconds));

        assertThat(adapterFixture.finishInRealTime(text)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(sandbox.readState("/twilio/messages")).hasSize(1);
    }

    @Test
    void aTextDelayedBeyondThemIsSentTwiceAndBecomesAnIncident() {
        ActionRequest text = smsRequest();
        proxy.orElseThrow().delayNext(Duration.ofMillis(2500));

        assertThat(adapterFixture.finishInRealTime(text)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(sandbox.readState("/twilio/messages")).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(sandbox.readState("/twilio/messages")).hasSize(2));
        await().untilAsserted(
                        () -> assertThat(adapterFixture.countIncidents(text)).isEqualTo(1));
    }

    @Test
    void aDelayedBookingIsMadeOnce() {
        connect(
                "google",
                "calendar",
                Json.object(),
                Map.of("client_id", "g", "client_secret", "g-secret", "refresh_token", "g-refresh"),
                Json.object().put("calendarId", "acme@calendar.example"));
        ActionRequest booking = adapterFixture.request(
                client,
                "calendar.book",
                Json.object()
                        .put("contact", "c1")
                        .put(
                                "start",
                                OffsetDateTime.now(ZoneOffset.UTC)
                                        .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .withHour(15)
                                        .toString())
                        .put("minutes", 30));
        proxy.orElseThrow().delayNext(Duration.ofSeconds(3));

        assertThat(adapterFixture.finishInRealTime(booking)).isInstanceOf(Outcome.Succeeded.class);
        await().pollDelay(Duration.ofSeconds(3))
                .untilAsserted(
                        () -> assertThat(sandbox.readState("/google/events")).hasSize(1));
    }
}
