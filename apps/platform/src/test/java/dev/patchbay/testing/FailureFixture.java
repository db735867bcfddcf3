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

/** A client whose connections are as a test wants them, and a run of its that fails. */
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
            var known = seeded(port);
            connections.bind(scope, port, known.account().connectionId(), known.settings());
        }
    }

    private BoundConnection seeded(String port) {
        var northside = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());
        return connections.findBound(TenantScope.of(TENANT, northside), port).orElseThrow();
    }

    public String phone() {
        return phone;
    }

    // --- what is wrong -----------------------------------------------------------------------------------------------

    /** The calendar's free times fail so often. */
    public FailureFixture failing(String fault, int times) {
        FlowFixture.fault("google", "freebusy.query", fault, times);
        return this;
    }

    /** They come later than anybody waits. */
    public FailureFixture slow(int times) {
        FlowFixture.fault("google", "freebusy.query", "slow", times, 2_500);
        return this;
    }

    /** The calendar makes the event, and its answer does not come. */
    public FailureFixture lost() {
        FlowFixture.fault("google", "events.insert", "lost_response", 1);
        return this;
    }

    /** The calendar does not show an event. */
    public FailureFixture blind() {
        FlowFixture.fault("google", "events.get", "500", 20);
        return this;
    }

    public FailureFixture twilioAt(String address) {
        return rebound("messaging", address, Map.of());
    }

    public FailureFixture twilioWithWrongToken() {
        return rebound("messaging", null, Map.of("auth_token", "wrong"));
    }

    /** With an app of the agency's own: the installation's secret would not go there. */
    public FailureFixture googleAt(String address) {
        return rebound("calendar", address, Map.of("client_secret", "own"));
    }

    public FailureFixture googleRevoked() {
        return rebound("calendar", null, Map.of("client_secret", "revoked"));
    }

    public FailureFixture googleCopied() {
        return rebound("calendar", null, Map.of());
    }

    /** A connection like the seeded one, but for what is said. */
    private FailureFixture rebound(String port, @Nullable String address, Map<String, String> secrets) {
        var known = seeded(port);
        Account account = known.account();
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
        connections.bind(scope, port, new ConnectionId(connection), known.settings());
        return this;
    }

    public FailureFixture calendar(String id) {
        return bound("calendar", "calendarId", id);
    }

    public FailureFixture sender(String number) {
        return bound("messaging", "from", number);
    }

    private FailureFixture bound(String port, String setting, String value) {
        var settings = Json.object().put(setting, value);
        connections.bind(scope, port, seeded(port).account().connectionId(), settings);
        return this;
    }

    public FailureFixture optedOut() {
        TestEnvironment.sandbox(
                "sms",
                Json.object()
                        .put("from", phone())
                        .put("to", TestEnvironment.dev().at("/clients/0/phone").asString())
                        .put("body", "STOP"));
        return this;
    }

    // --- what is run -------------------------------------------------------------------------------------------------

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

    /** The answer to the booking is lost, and somebody cancels it in Google before it is looked up. */
    public FailureFixture cancelledAtGoogle() {
        lost().book();
        var calendar = seeded("calendar");
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
        connections.bind(scope, "crm", seeded("messaging").account().connectionId(), Json.object());
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
        FlowFixture.until(String.valueOf(runId), "waiting");
        FlowFixture.accepted(
                String.valueOf(runId),
                "reject",
                Json.object().put("step", "step").put("reason", "too dear"));
        return this;
    }

    /** Starts it, after the one before has ended. */
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

    /** Why the run stopped; no connection stays broken. */
    public JsonNode cause() {
        var cause = ended().path("cause");
        if (!connection.isEmpty()) {
            connections.reconnect(TENANT, new ConnectionId(connection), Map.of());
        }
        return cause;
    }
}
