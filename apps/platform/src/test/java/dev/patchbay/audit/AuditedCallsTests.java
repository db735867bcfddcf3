package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every call that changes something is audited, or {@code audited-calls.txt} says why not. A new endpoint needs its line there. */
@PatchbayTest
class AuditedCallsTests {

    private static final Path TABLE = Path.of("src", "test", "resources", "audited-calls.txt");
    private static final Set<RequestMethod> READING =
            Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);

    private static final String ASKS = """
            do:
              - question:
                  call: person.approve
                  with: { question: "Text the caller?" }
            """;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping handlers;

    private final Set<String> shown = new TreeSet<>();

    @Test
    void everyChangingCallIsInTheTable() throws IOException {
        var calls = handlers.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(method -> !READING.contains(method))
                                .map(method -> method + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(table().keySet()).isEqualTo(calls);
        for (var call : tests().entrySet()) {
            String action = table().getOrDefault(call.getKey(), "");
            assertThat(source(call.getValue()))
                    .as("%s says that %s shows %s".formatted(call.getKey(), call.getValue(), action))
                    .contains('"' + action + '"');
        }
    }

    private static String source(String test) throws IOException {
        try (var sources = Files.walk(Path.of("src", "test", "java"))) {
            return Files.readString(sources.filter(source -> source.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void everyCallOfTheTableWritesItsEntry() {
        String id = flows();
        runs();
        stopped();
        providers();

        assertThat(shown)
                .isEqualTo(table().entrySet().stream()
                        .filter(row -> !row.getValue().equals("-") && !tests().containsKey(row.getKey()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(writes("POST /api/v1/flows/validate", "flow.", () -> draft("/validate", "3.0.0")))
                .isFalse();
        assertThat(writes(
                        "POST /api/v1/flows/{id}/dry-run",
                        "",
                        () -> TestEnvironment.post(
                                "/api/v1/flows/" + id + "/dry-run", client().set("input", Json.object()))))
                .isFalse();
    }

    @Test
    void transcriptReadsAreAudited() {
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        String run = PhoneCalls.ended(call).path("id").asString();
        String event = PhoneCalls.analyzed(call).path("id").asString();
        var fixture = new FlowFixture("do:\n  - noted: { set: { value: 1 } }\n");

        assertThat(writes("", "event.transcript_read", () -> TestEnvironment.get("/api/v1/events/" + event)))
                .isTrue();
        assertThat(writes("", "event.raw_read", () -> TestEnvironment.get("/api/v1/events/" + event + "/raw")))
                .isTrue();
        assertThat(writes(
                        "",
                        "event.transcript_read",
                        () -> TestEnvironment.get("/api/v1/calls/" + call + "/transcript")))
                .isTrue();
        assertThat(writes(
                        "",
                        "event.transcript_read",
                        () -> TestEnvironment.post(
                                "/api/v1/flows/" + fixture.flowId() + "/dry-run", client().put("eventId", event))))
                .isTrue();
        assertThat(writes("", "audit.exported", () -> exported())).isTrue();

        var listed =
                TestEnvironment.get("/api/v1/events?subject=" + call).body().toString();
        assertThat(listed).contains(event).doesNotContain("\"transcript\":", "recordingUrl");
        for (String action : List.of("event.", "run.")) {
            assertThat(writes("", action, () -> TestEnvironment.get("/api/v1/runs/" + run)))
                    .as("an open page polls a run, which is shown without what was said")
                    .isFalse();
        }
    }

    private String flows() {
        String id = draft("", "1.0.0").body().path("id").asString();
        shows("POST /api/v1/flows", () -> draft("", "2.0.0"));
        String flow = "/api/v1/flows/" + id;
        TestEnvironment.post(flow + "/promote", Json.object().put("version", "1.0.0"));
        shows("POST /api/v1/flows/{id}/promote", () -> TestEnvironment.post(flow + "/promote", Json.object()));
        shows("POST /api/v1/flows/{id}/rollback", () -> TestEnvironment.post(flow + "/rollback", Json.object()));
        String client = client().path("clientId").asString();
        shows("PUT /api/v1/flows/{id}/clients/{clientId}", () -> TestEnvironment.put(flow + "/clients/" + client));
        shows(
                "DELETE /api/v1/flows/{id}/clients/{clientId}",
                () -> TestEnvironment.delete(flow + "/clients/" + client));
        return id;
    }

    private void runs() {
        var fixture = new FlowFixture(ASKS);
        shows(
                "POST /api/v1/flows/{id}/run",
                () -> TestEnvironment.post(
                        "/api/v1/flows/" + fixture.flowId() + "/run", client().set("input", fixture.input())));
        String run = fixture.startAndAwait("waiting").path("id").asString();
        var answer = Json.object().put("step", "question").put("reason", "seen");
        for (String act : new String[] {"pause", "resume", "cancel"}) {
            shows("POST /api/v1/runs/{id}/" + act, () -> FlowFixture.post(run, act, answer));
        }
        FlowFixture.awaitStatus(run, "cancelled");
        shows("POST /api/v1/runs/{id}/replay", () -> FlowFixture.post(run, "replay", Json.object()));
        FlowFixture.awaitStatus(run, "waiting");
        shows("POST /api/v1/runs/{id}/approve", () -> FlowFixture.post(run, "approve", answer));
        String other = fixture.startAndAwait("waiting").path("id").asString();
        shows("POST /api/v1/runs/{id}/reject", () -> FlowFixture.post(other, "reject", answer));
    }

    private void stopped() {
        var fixture = new FlowFixture("""
                do:
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: hello }
                      metadata: { onUnknown: ask }
                """);
        FlowFixture.injectFault("twilio", "messages.create", "lost_response", 1);
        String run = fixture.startAndAwait("parked").path("id").asString();
        shows(
                "POST /api/v1/runs/replays",
                () -> TestEnvironment.post("/api/v1/runs/replays", Json.object().put("flow", fixture.flowId())));
        FlowFixture.awaitStatus(run, "parked");
        shows(
                "POST /api/v1/runs/{id}/steps/{task}/settle",
                () -> FlowFixture.post(run, "steps/text/settle", Json.object().put("done", false)));
        FlowFixture.awaitStatus(run, "completed");
    }

    private void providers() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);
        var event = Json.object();
        event.putArray("ids").add(PhoneCalls.analyzed(call).path("id").asString());
        shows("POST /api/v1/events/replays", () -> TestEnvironment.post("/api/v1/events/replays", event));
        shows(
                "POST /api/v1/ingress/polls",
                () -> TestEnvironment.post(
                        "/api/v1/ingress/polls", Json.object().put("provider", "retell")));
        shows(
                "PUT /api/v1/ingress/routes",
                () -> TestEnvironment.put(
                        "/api/v1/ingress/routes",
                        client().put("connectionId", "con_retell")
                                .put("kind", "agent")
                                .put("externalId", "agent_audited")));
        shows(
                "POST /api/v1/erasures",
                () -> AuditAndErasureTests.erase(caller.path("from").asString()));
    }

    private void shows(String call, Supplier<TestEnvironment.Reply> request) {
        assertThat(writes(call, table().getOrDefault(call, "-"), request))
                .as(call)
                .isTrue();
        shown.add(call);
    }

    /** Whether the call, which succeeds, leaves an entry with an action that is, or begins with, the given one. */
    private static boolean writes(String call, String action, Supplier<TestEnvironment.Reply> request) {
        String before = newest(action);
        var reply = request.get();
        assertThat(reply.status()).as(call + reply.body()).isLessThan(300);
        return !newest(action).equals(before);
    }

    private static String newest(String action) {
        String filter = action.isEmpty() ? "" : "&action=" + action;
        return TestEnvironment.get("/api/v1/audit?limit=1" + filter)
                .body()
                .at("/items/0/id")
                .asString("");
    }

    private static TestEnvironment.Reply exported() {
        var response =
                AuditFixture.get(TestEnvironment.dev().path("token").asString(), "/api/v1/audit?format=ndjson", "*/*");
        return new TestEnvironment.Reply(response.statusCode(), Json.object(), response.headers());
    }

    private static TestEnvironment.Reply draft(String path, String version) {
        return TestEnvironment.post("/api/v1/flows" + path, "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: audited-calls, version: %s }
                do:
                  - noted: { set: { value: 1 } }
                """.formatted(version));
    }

    private static ObjectNode client() {
        JsonNode first = TestEnvironment.dev().at("/clients/0/id");
        return Json.object().put("clientId", first.asString());
    }

    /** The action of each call. */
    private static Map<String, String> table() {
        return column(3, row -> row[2]);
    }

    /** The other test that covers a call's entry. */
    private static Map<String, String> tests() {
        return column(4, row -> row[3]).entrySet().stream()
                .filter(row -> row.getValue().endsWith("Tests"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> column(int columns, Function<String[], String> value) {
        try (var lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .filter(row -> row.length >= columns)
                    .collect(Collectors.toMap(row -> row[0] + " " + row[1], value, (one, other) -> one, TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
