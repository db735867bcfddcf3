package dev.patchbay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client with connections of its own, and a run of it that fails. */
public final class FailureFixture {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final Connections connections;
    private final Clients clients;
    private final ObjectNode input = PhoneCalls.newCaller();
    private final String phone = input.path("from").asString();
    private final ClientId client = new ClientId("cli_stopping" + CLIENTS.incrementAndGet());
    private final TenantScope scope = TenantScope.of(TENANT, client);
    private @Nullable String runId;
    private String connection = "";

    public FailureFixture(Clients clients, Connections connections) {
        this.clients = clients;
        this.connections = connections;
        clients.put(TENANT, new Client(client, "Failing Dental", ZoneId.of("America/Chicago"), Json.object()));
        for (String port : new String[] {"crm", "calendar", "messaging"}) {
            var original = findDemoConnection(port);
            connections.bind(scope, port, original.account().connectionId(), original.settings());
        }
    }

    private BoundConnection findDemoConnection(String port) {
        var northside = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());
        return connections.findBound(TenantScope.of(TENANT, northside), port).orElseThrow();
    }

    /** The run that was started last. */
    public String runId() {
        return String.valueOf(runId);
    }

    public String phone() {
        return phone;
    }

    // --- faults ------------------------------------------------------------------------------------------------------

    /** Lets requests for free times fail so often. */
    public FailureFixture failFreeBusy(String fault, int times) {
        FlowFixture.injectFault("google", "events.list", fault, times);
        return this;
    }

    /** Delays responses to requests for free times beyond the timeout. */
    public FailureFixture delayFreeBusy(int times) {
        FlowFixture.injectFault("google", "events.list", "slow", times, 2_500);
        return this;
    }

    /** Loses the response to the next booking. */
    public FailureFixture loseBookingResponse() {
        FlowFixture.injectFault("google", "events.insert", "lost_response", 1);
        return this;
    }

    /** Lets lookups of bookings fail. */
    public FailureFixture failBookingLookup() {
        FlowFixture.injectFault("google", "events.get", "500", 20);
        return this;
    }

    public FailureFixture twilioAt(String address) {
        return rebind("messaging", address, Map.of());
    }

    public FailureFixture twilioWithWrongToken() {
        return rebind("messaging", null, Map.of("auth_token", "wrong"));
    }

    /** With an OAuth app of the agency, because the installation's client secret is not sent to another address. */
    public FailureFixture googleAt(String address) {
        return rebind("calendar", address, Map.of("client_secret", "own"));
    }

    public FailureFixture googleRevoked() {
        return rebind("calendar", null, Map.of("client_secret", "revoked"));
    }

    public FailureFixture googleCopied() {
        return rebind("calendar", null, Map.of());
    }

    /** Binds a copy of the demo's connection with another address or other secrets. */
    private FailureFixture rebind(String port, @Nullable String address, Map<String, String> secrets) {
        var original = findDemoConnection(port);
        Account account = original.account();
        Map<String, String> all = new HashMap<>(account.secrets());
        all.remove("access_token");
        all.putAll(secrets);
        connection = "con_" + client.value().substring(4);
        connections.register(
                TENANT,
                new NewConnection(
                        new ConnectionId(connection),
                        account.provider(),
                        "Failing",
                        URI.create(address == null ? account.baseUrl().toString() : address),
                        account.settings(),
                        all,
                        Optional.empty()));
        connections.bind(scope, port, new ConnectionId(connection), original.settings());
        return this;
    }

    public FailureFixture calendar(String id) {
        return bindWith("calendar", "calendarId", id);
    }

    public FailureFixture sender(String number) {
        return bindWith("messaging", "from", number);
    }

    private FailureFixture bindWith(String port, String setting, String value) {
        var settings = Json.object().put(setting, value);
        connections.bind(scope, port, findDemoConnection(port).account().connectionId(), settings);
        return this;
    }

    // --- runs --------------------------------------------------------------------------------------------------------

    private static final String BOOK = """
            do:
              - step:
                  call: calendar.book
                  with: { contact: c1, start: "${ $event.slot }", minutes: 30 }
            """;

    public FailureFixture book() {
        return flow(BOOK);
    }

    public FailureFixture book(@Nullable String slot) {
        input.put("slot", slot);
        return flow(BOOK);
    }

    public FailureFixture bookOnUnknown(String what) {
        return flow(BOOK + "      metadata: { onUnknown: " + what + " }\n");
    }

    public FailureFixture bookWithin(int milliseconds) {
        return flow(BOOK + "      timeout: { after: { milliseconds: " + milliseconds + " } }\n");
    }

    /** Loses the response to a booking, which a person cancels in Google before it is looked up. */
    public FailureFixture cancelledAtGoogle() {
        loseBookingResponse().book();
        var calendar = findDemoConnection("calendar");
        String event = await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(this::bookedEvent, id -> !id.isEmpty());
        String base = calendar.account().baseUrl() + "/calendar/v3/calendars/"
                + calendar.settings().path("calendarId").asString().replace("@", "%40");
        TestEnvironment.send(TestEnvironment.request(URI.create(base + "/events/" + event))
                .header("Authorization", "Bearer " + calendar.account().secret("access_token"))
                .DELETE());
        return this;
    }

    private String bookedEvent() {
        return StreamSupport.stream(
                        TestEnvironment.held().path("google").path("events").spliterator(), false)
                .filter(event -> Json.write(event).contains(String.valueOf(runId)))
                .map(event -> event.path("id").asString(""))
                .findFirst()
                .orElse("");
    }

    public FailureFixture unboundBook() {
        var other = new ClientId(client.value() + "_unbound");
        clients.put(TENANT, new Client(other, "Unbound Dental", ZoneId.of("America/Chicago"), Json.object()));
        return start(other, BOOK);
    }

    public FailureFixture contactAtTheWrongConnection() {
        connections.bind(scope, "crm", findDemoConnection("messaging").account().connectionId(), Json.object());
        return run("crm.getContact, with: { id: c1 }");
    }

    public FailureFixture text(String text) {
        input.put("text", text);
        return run("messaging.sendSms, with: { to: \"${ $event.from }\", text: \"${ $event.text }\" }");
    }

    public FailureFixture textTo(String number) {
        input.put("from", number);
        return text("Hello");
    }

    public FailureFixture run(String call) {
        return flow("do:\n  - step: { call: " + call + " }\n");
    }

    public FailureFixture flow(String tasks) {
        return start(client, tasks);
    }

    private static final String ASK = "person.approve, with: { question: \"Is that fine?\" }";

    public FailureFixture askWithin(int milliseconds) {
        return run(ASK + ", timeout: { after: { milliseconds: " + milliseconds + " } }");
    }

    public FailureFixture rejected() {
        run(ASK);
        FlowFixture.awaitStatus(String.valueOf(runId), "waiting");
        FlowFixture.postAccepted(
                String.valueOf(runId),
                "reject",
                Json.object().put("step", "step").put("reason", "too dear"));
        return this;
    }

    /** Starts the flow, after the run before has ended. */
    private FailureFixture start(ClientId whose, String tasks) {
        if (runId != null) {
            ended();
        }
        var started = TestEnvironment.post(
                "/api/v1/flows/" + new FlowFixture(tasks).flowId() + "/run",
                Json.object().put("clientId", whose.value()).set("input", input));
        assertThat(started.status()).as(started.body().toString()).isEqualTo(202);
        runId = started.body().path("runId").asString();
        return this;
    }

    private JsonNode ended() {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> TestEnvironment.get("/api/v1/runs/" + runId).body(), run -> run.hasNonNull("endedAt"));
    }

    /** The cause for which the run stopped. Also repairs the connection. */
    public JsonNode cause() {
        var cause = ended().path("cause");
        if (!connection.isEmpty()) {
            connections.reconnect(TENANT, new ConnectionId(connection), Map.of());
        }
        return cause;
    }
}
