package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * This release starts on the data of a release 0.1 that was killed while it executed runs: everything continues, and nothing
 * is done twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTests {

    private final ReleaseFixture fixture = new ReleaseFixture("0.1");
    private UpgradedPlatform platform;
    private VendorRecords vendors;
    private Visitors visitors;

    @BeforeAll
    void start() throws IOException, SQLException, GeneralSecurityException {
        platform = new UpgradedPlatform(fixture);
        vendors = new VendorRecords(fixture, platform);
        visitors = new Visitors(fixture, platform);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void historyOfTheReleaseIsKeptAndNothingIsPending() throws SQLException {
        List<String> released = fixture.history().stream()
                .map(line -> line.replaceFirst("\tSQL\t\\S+\t", "\tSQL\t"))
                .toList();

        assertThat(released).hasSizeGreaterThan(20);
        assertThat(platform.database().history()).containsAll(released);
        assertThat(platform.get("/actuator/health").path("status").asString()).isEqualTo("UP");
    }

    // --- runs --------------------------------------------------------------------------------------------------------

    @Test
    void completedRunStaysAsItWas() {
        var run = platform.run("completed");

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors.assertOneOfEach("completed");
    }

    @Test
    void replayedRunKeepsBothPasses() {
        var run = platform.run("replayed");

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking failed");
        assertThat(steps(run, 1)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors.assertOneOfEach("replayed");
    }

    @Test
    void aWaitThatElapsedMeanwhileEndsAndTheRunContinues() {
        var run = platform.runIn("waitDue", "completed");

        assertThat(steps(run, 0)).containsExactly("contact completed", "later completed", "confirm completed");
        assertThat(vendors.contacts("waitDue")).isEqualTo(1);
        assertThat(vendors.texts("waitDue")).isEqualTo(1);
    }

    @Test
    void waitThatHasNotElapsedIsNotCutShort() {
        platform.runIn("waitDue", "completed");

        var run = platform.run("waitLater");
        assertThat(run.path("status").asString()).isEqualTo("waiting");
        assertThat(run.hasNonNull("wakesAt")).isTrue();
        assertThat(vendors.texts("waitLater")).isZero();
    }

    @Test
    void approvalThatWasAskedForCanBeGiven() {
        assertThat(platform.run("approval").path("status").asString()).isEqualTo("waiting");
        assertThat(vendors.bookings("approval")).isZero();

        platform.accepted(
                "approval", "approve", Json.object().put("step", "asked").put("reason", "the morning is free"));

        var run = platform.runIn("approval", "completed");
        assertThat(steps(run, 0))
                .containsExactly("contact completed", "asked completed", "booking completed", "confirm completed");
        vendors.assertOneOfEach("approval");
    }

    @Test
    void runParkedByAnOutageIsReplayed() {
        var parked = platform.run("outage");
        assertThat(parked.path("status").asString()).isEqualTo("parked");
        assertThat(parked.at("/cause/code").asString()).isEqualTo("provider_down");

        platform.accepted("outage", "replay", Json.object());

        platform.runIn("outage", "completed");
        vendors.assertOneOfEach("outage");
    }

    @Test
    void runParkedByAnUnknownOutcomeIsReplayedAndBooksOnce() {
        var parked = platform.run("unknown");
        assertThat(parked.path("status").asString()).isEqualTo("parked");
        assertThat(parked.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        assertThat(vendors.bookings("unknown")).as("the calendar did it").isEqualTo(1);

        platform.accepted("unknown", "replay", Json.object());

        var run = platform.runIn("unknown", "completed");
        assertThat(steps(run, 1)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors.assertOneOfEach("unknown");
    }

    @Test
    void aReplayOfACompletedRunWouldRepeatWhatIsNamedOnly() {
        var options = Json.object();
        options.putArray("repeat").add("confirm");

        var preview =
                platform.post("/api/v1/runs/" + fixture.about("/runs/completed") + "/replay?preview=true", options);

        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json()
                        .path("steps")
                        .valueStream()
                        .map(step -> step.path("task").asString() + " "
                                + step.path("fate").asString()))
                .as(preview.text())
                .containsExactly("contact reused", "booking reused", "confirm runs");
    }

    @Test
    void stepThatWaitsForAPersonIsSettled() {
        assertThat(platform.run("settle").path("status").asString()).isEqualTo("parked");
        var found = Json.object().put("done", true);
        found.putObject("output").put("id", "SM_found").put("status", "delivered");

        platform.accepted("settle", "steps/confirm/settle", found);

        platform.runIn("settle", "completed");
        assertThat(vendors.texts("settle")).isEqualTo(1);
    }

    @Test
    void bookingThatTheCalendarCarriedOutAfterTheKillIsFoundAndNotRepeated() {
        platform.runIn("carriedOut", "completed");

        vendors.assertOneOfEach("carriedOut");
    }

    @Test
    void bookingThatNeverReachedTheCalendarIsMade() {
        platform.runIn("neverSent", "completed");

        vendors.assertOneOfEach("neverSent");
    }

    // --- events and live calls ---------------------------------------------------------------------------------------

    @Test
    void eventThatWasNotDispatchedStartsItsRun() {
        String event = fixture.about("/undispatched");

        var run = UpgradedPlatform.until(
                () -> runsOf(event).path(0),
                found -> found.path("status").asString("").equals("completed"));

        assertThat(run.path("eventId").asString()).isEqualTo(event);
        vendors.assertOneOfEach("undispatched");
    }

    @Test
    void webhookThatIsDeliveredAgainIsKnown() {
        String call = fixture.about("/calls/completed");
        String analyzed = "/api/v1/events?type=voice.call.analyzed&subject=" + call;
        String event = platform.get(analyzed).at("/items/0/id").asString();

        var reply = platform.sandbox(
                "calls",
                Json.object()
                        .put("callId", call)
                        .put("from", fixture.about("/callers/completed/phone"))
                        .put("agentId", "agent_northside"));

        assertThat(reply.path("deliveries")
                        .valueStream()
                        .map(one -> one.path("state").asString()))
                .hasSize(3)
                .containsOnly("delivered");
        assertThat(platform.get(analyzed).path("items")).hasSize(1);
        assertThat(runsOf(event)).hasSize(1);
        vendors.assertOneOfEach("completed");
    }

    @Test
    void heldTimeIsBookedByTheSameCall() {
        var reply = platform.sandbox("calls", asking("holdAlive", "calendar.book"));

        assertThat(reply.at("/functions/0/body/outcome").asString())
                .as(reply.toString())
                .isEqualTo("done");
        assertThat(vendors.bookings("holdAlive")).isEqualTo(1);
        assertThat(functions("holdAlive")).contains("calendar.hold done", "calendar.book done");
    }

    @Test
    void aHeldTimeWithoutABookingIsReleased() {
        UpgradedPlatform.until(() -> Json.tree(vendors.bookings("holdExpired")), standing -> standing.asInt() == 0);

        assertThat(functions("holdExpired")).contains("calendar.hold done");
    }

    // --- people and programs -----------------------------------------------------------------------------------------

    @Test
    void tokensAreUnchanged() {
        assertThat(status("development", "/api/v1/flows")).isEqualTo(200);
        assertThat(status("agency", "/api/v1/flows")).isEqualTo(200);
        assertThat(status("client", "/api/v1/runs")).isEqualTo(200);
        assertThat(status("client", "/api/v1/flows"))
                .as("not among its permissions")
                .isEqualTo(403);
        assertThat(status("revoked", "/api/v1/flows")).isEqualTo(401);
    }

    @Test
    void sessionsAreUnchanged() {
        var ada = visitors.me("ada");

        assertThat(ada.status()).as(ada.text()).isEqualTo(200);
        assertThat(ada.text()).contains("ada@bright.example");
        assertThat(visitors.me("ben").text()).contains(fixture.about("/invited/accepted"));
        assertThat(visitors.me("ended").status()).isEqualTo(401);
        assertThat(visitors.post("ada", "/api/v1/iam/groups", Json.object().put("name", "By Ada"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void mailInTheOutboxIsSentOnceAndItsInvitationAccepted() {
        String email = fixture.about("/invited/pending");
        var mails = UpgradedPlatform.until(
                () -> platform.sandbox("mailbox?to=" + email).path("mails"), found -> !found.isEmpty());

        var link = Pattern.compile("http://\\S+/sign-in\\?invitation=\\S+")
                .matcher(mails.path(0).path("text").asString());
        assertThat(link.find()).as(mails.toString()).isTrue();
        assertThat(visitors.signIn(link.group(), email).text()).contains(email);
        assertThat(platform.sandbox("mailbox?to=" + email).path("mails")).hasSize(1);
        assertThat(platform.sandbox("mailbox?to=" + fixture.about("/invited/accepted"))
                        .path("mails"))
                .as("sent by the release before")
                .hasSize(1);
    }

    @Test
    void answerKeptForARepeatedRequestIsGivenAgain() {
        var again = platform.post(
                "/api/v1/iam/groups",
                fixture.part("/idempotent/body"),
                "Authorization",
                platform.bearer("development")[1],
                "Idempotency-Key",
                fixture.about("/idempotent/key"));

        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.json().path("id").asString()).isEqualTo(fixture.about("/idempotent/group"));
    }

    @Test
    void groupsAndRolesAreUnchanged() {
        assertThat(platform.get("/api/v1/iam/groups?limit=200").toString()).contains(fixture.about("/group"));
        assertThat(platform.get("/api/v1/iam/roles").toString()).contains(fixture.about("/role"));
    }

    // --- secrets and the audit trail ---------------------------------------------------------------------------------

    @Test
    void sealedSecretsOpen() {
        var tested = platform.post("/api/v1/connections/" + fixture.about("/connection") + "/test", Json.object());
        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        assertThat(tested.json().path("state").asString()).as(tested.text()).isEqualTo("READY");

        var connections = platform.get("/api/v1/connections?limit=200").path("items");
        assertThat(connections).hasSize(8);
        assertThat(connections.valueStream().map(one -> one.path("state").asString()))
                .as(connections.toString())
                .containsOnly("READY");
        assertThat(platform.get("/api/v1/audit?action=connection.consent_begun&limit=200&from="
                                + fixture.about("/killedAt"))
                        .path("items"))
                .as("nobody had to consent again")
                .isEmpty();

        String event = platform.get(
                        "/api/v1/events?type=voice.call.analyzed&subject=" + fixture.about("/calls/completed"))
                .at("/items/0/id")
                .asString();
        var raw = platform.send("GET", "/api/v1/events/" + event + "/raw", null, platform.bearer("development"));
        assertThat(raw.status()).as(raw.text()).isEqualTo(200);
        assertThat(raw.text()).contains("call_analyzed");
    }

    @Test
    void theAuditTrailVerifies() throws IOException, InterruptedException {
        UpgradedPlatform.until(
                () -> platform.get("/api/v1/audit/head"),
                head -> head.path("unsealed").asInt() == 0);
        var trail = platform.send("GET", "/api/v1/audit?format=ndjson", null, platform.bearer("agency"));
        Path export = Files.writeString(Files.createTempFile(Path.of("target"), "audit", ".ndjson"), trail.text());

        var verifier = new ProcessBuilder(
                        "node",
                        "../../docs/security/verify-audit",
                        "--anchor",
                        fixture.about("/audit/seq") + ":" + fixture.about("/audit/hash"),
                        export.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(verifier.waitFor()).as(output).isZero();
        assertThat(output).contains("whole");
    }

    // -----------------------------------------------------------------------------------------------------------------

    private static List<String> steps(JsonNode run, int pass) {
        return run.path("steps")
                .valueStream()
                .filter(step -> step.path("pass").asInt() == pass)
                .map(step ->
                        step.path("name").asString() + " " + step.path("status").asString())
                .toList();
    }

    private JsonNode runsOf(String event) {
        String correlation =
                platform.get("/api/v1/events/" + event).path("correlationid").asString();
        return Json.tree(platform.get("/api/v1/runs?correlationId=" + correlation)
                .path("items")
                .valueStream()
                .filter(run -> run.path("eventId").asString("").equals(event))
                .toList());
    }

    private JsonNode asking(String caller, String function) {
        var call = Json.object()
                .put("callId", fixture.about("/calls/" + caller))
                .put("from", fixture.about("/callers/" + caller + "/phone"))
                .put("agentId", "agent_northside");
        call.putArray("functions")
                .addObject()
                .put("name", function)
                .putObject("args")
                .put("start", fixture.about("/callers/" + caller + "/local"));
        return call;
    }

    private List<String> functions(String caller) {
        return platform.get("/api/v1/live-calls?callId=" + fixture.about("/calls/" + caller))
                .path("items")
                .valueStream()
                .map(one -> one.path("function").asString() + " "
                        + one.path("outcome").asString())
                .toList();
    }

    private int status(String token, String path) {
        return platform.send("GET", path, null, platform.bearer(token)).status();
    }
}
