package dev.patchbay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A flow of one test, and runs of it that are started by hand. */
public final class FlowFixture {

    private final String name = "scene-" + UUID.randomUUID().toString().substring(0, 13);
    private final String flowId;
    private final ObjectNode caller = PhoneCalls.newCaller();

    /** @param tasks the file from {@code do:} or {@code timeout:} on */
    public FlowFixture(String tasks) {
        this.flowId = postFlow("1.0.0", tasks);
    }

    private String postFlow(String version, String tasks) {
        var created = TestEnvironment.post(
                "/api/v1/flows",
                "application/yaml",
                "document: { dsl: 1.0.3, namespace: test, name: " + name + ", version: " + version + " }\n" + tasks);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    public FlowFixture addVersion(String version, String tasks) {
        postFlow(version, tasks);
        return this;
    }

    public String flowId() {
        return flowId;
    }

    public String name() {
        return name;
    }

    /** A caller with an unused number, and a free slot. */
    public ObjectNode caller() {
        return caller;
    }

    public String phone() {
        return caller.path("from").asString();
    }

    /** The event's data: the caller's number and slot. */
    public ObjectNode input() {
        return Json.object()
                .put("from", phone())
                .put("slot", caller.path("slot").asString());
    }

    /** Starts a run and returns its id. */
    public String start() {
        return start(input());
    }

    public String start(JsonNode input) {
        var started = TestEnvironment.post(
                "/api/v1/flows/" + flowId + "/run",
                Json.object()
                        .put(
                                "clientId",
                                TestEnvironment.dev().at("/clients/0/id").asString())
                        .set("input", input));
        assertThat(started.status()).as(started.body().toString()).isEqualTo(202);
        return started.body().path("runId").asString();
    }

    /** Waits until the run has that status, and returns it. */
    public static JsonNode awaitStatus(String runId, String status) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> TestEnvironment.get("/api/v1/runs/" + runId).body(),
                        run -> status.equals(run.path("status").asString()));
    }

    public JsonNode startAndAwait(String status) {
        return awaitStatus(start(), status);
    }

    public static TestEnvironment.Reply post(String runId, String action, JsonNode body) {
        return TestEnvironment.post("/api/v1/runs/" + runId + "/" + action, body);
    }

    public static void postAccepted(String runId, String action, JsonNode body) {
        var reply = post(runId, action, body);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(202);
    }

    /** The steps of a preview, as {@code task fate}. */
    public static List<String> preview(String runId, JsonNode request) {
        var reply = TestEnvironment.post("/api/v1/runs/" + runId + "/replay?preview=true", request);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return StreamSupport.stream(reply.body().path("steps").spliterator(), false)
                .map(step ->
                        step.path("task").asString() + " " + step.path("fate").asString())
                .toList();
    }

    /** The steps of a pass, as {@code name status}; reused ones say so. */
    public static List<String> steps(JsonNode run, int pass) {
        return StreamSupport.stream(run.path("steps").spliterator(), false)
                .filter(step -> step.path("pass").asInt() == pass)
                .map(step -> step.path("name").asString() + " "
                        + step.path("status").asString() + (step.path("reused").asBoolean() ? " reused" : ""))
                .toList();
    }

    public static void injectFault(String provider, String operation, String fault, int times) {
        injectFault(provider, operation, fault, times, 0);
    }

    public static void injectFault(String provider, String operation, String fault, int times, int delayMs) {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", provider)
                        .put("operation", operation)
                        .put("fault", fault)
                        .put("times", times)
                        .put("delayMs", delayMs));
    }

    /** Removes all faults of the sandbox. */
    public static void removeFaults() {
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/faults"))
                        .DELETE());
    }

    public long countContacts() {
        return PhoneCalls.held("highlevel", "contacts", phone());
    }

    public long countTexts() {
        return PhoneCalls.held("twilio", "messages", phone());
    }

    /** The number of calendar events of the run that were not cancelled. */
    public static long countBookings(String runId) {
        return StreamSupport.stream(
                        TestEnvironment.held().path("google").path("events").spliterator(), false)
                .filter(event -> Json.write(event).contains(runId))
                .filter(event -> !event.path("status").asString().equals("cancelled"))
                .count();
    }
}
