package dev.patchbay.livecalls;

import static dev.patchbay.livecalls.LiveCallFixture.CHICAGO;
import static dev.patchbay.livecalls.LiveCallFixture.at;
import static dev.patchbay.livecalls.LiveCallFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** How actions and holds of live calls end after the call. */
@PatchbayTest
class LiveActionTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration LONG = Duration.ofSeconds(30);

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final LiveCallFixture fixture = LiveCallFixture.begin();
    private final LocalDateTime monday = fixture.monday();

    @Test
    void aHoldThatIsNotBookedIsReleased() {
        fixture.ask("calendar.hold", at(monday));
        changeReservation("held_until = clock_timestamp() - interval '1 second'");

        await().atMost(LONG).until(() -> fixture.outcomes().contains("done") && countReservations() == 0);

        assertThat(fixture.events().getFirst().path("status").asString()).isEqualTo("cancelled");
        assertThat(outcome(fixture.ask("calendar.book", at(monday)))).isEqualTo("done");
    }

    @Test
    void anExpiredHoldIsReportedAsExpired() {
        fixture.ask("calendar.hold", at(monday));
        change("effect SET response = jsonb_set(response, '{value,heldUntil}', '\"2020-01-01T00:00:00Z\"')", "origin");

        JsonNode answer = fixture.ask("calendar.hold", at(monday));

        assertThat(outcome(answer)).isEqualTo("expired");
        assertThat(answer.path("say").asString()).startsWith("I'm afraid I'm no longer holding Monday, ");
    }

    @Test
    void aBookingWithAnUnknownOutcomeIsPending() {
        fixture.ask("calendar.book", at(monday));
        makeOutcomeUnknown();

        assertThat(outcome(fixture.ask("calendar.book", at(monday)))).isEqualTo("pending");
        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void anUnfinishedActionIsResumed() {
        addUnfinishedAction("left", monday, 0);

        await().atMost(LONG).until(() -> fixture.outcomes().contains("done"));

        assertThat(fixture.events()).hasSize(1);
        assertThat(readState()).isEqualTo("settled");
    }

    @Test
    void theRecoveryRecordsFailedActions() {
        fixture.ask("calendar.book", at(monday));
        addUnfinishedAction("taken", monday, 0);
        await().atMost(LONG).until(() -> fixture.outcomes().contains("taken"));

        addUnfinishedAction("unfit", null, 0);
        await().atMost(LONG).until(() -> fixture.outcomes().contains("failed"));

        addUnfinishedAction("unsure", monday.plusDays(1), 0);
        await().atMost(LONG).until(() -> fixture.outcomes().size() == 4);
        makeOutcomeUnknown();
        addUnfinishedAction("unsure", monday.plusDays(1), 0);
        await().atMost(LONG).until(() -> fixture.outcomes().contains("unknown"));
    }

    @Test
    void anActionThatIsNeverSettledIsGivenUp() {
        addUnfinishedAction("hopeless", null, 20);

        await().atMost(LONG).until(() -> readState().equals("settled"));

        assertThat(fixture.outcomes()).isEmpty();
    }

    @Test
    void aFlowHoldsATimeAndBooksIt() {
        String start = monday.atZone(CHICAGO).toOffsetDateTime().toString();
        var created = TestEnvironment.post("/api/v1/flows", "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: hold-then-book, version: 1.0.0 }
                do:
                  - held:
                      call: calendar.hold
                      with: { contact: c1, start: "${ $event.start }", minutes: 30, holdMinutes: 5 }
                  - booked:
                      call: calendar.book
                      with: { contact: c1, start: "${ $event.start }", minutes: 30, hold: "${ $steps.held.id }" }
                  - known:
                      call: crm.findContact
                      with: { phone: "+14155559999" }
                """);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        var started = TestEnvironment.post(
                "/api/v1/flows/" + created.body().path("id").asString() + "/run",
                Json.object()
                        .put("clientId", "cli_northside")
                        .set("input", Json.object().put("start", start)));
        String run = started.body().path("runId").asString();

        JsonNode ended = await().atMost(LONG)
                .until(() -> TestEnvironment.get("/api/v1/runs/" + run).body(), seen -> seen.hasNonNull("endedAt"));

        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.at("/steps/1/output/id")).isEqualTo(ended.at("/steps/0/output/id"));
        assertThat(ended.at("/output/contacts")).isEmpty();
    }

    /** Adds an action that its process stored and did not finish. */
    private void addUnfinishedAction(String task, @Nullable LocalDateTime start, int tries) {
        var input = Json.object().put("contact", "c1").put("minutes", 30);
        if (start != null) {
            input.put("start", start.atZone(CHICAGO).toOffsetDateTime().toString());
        }
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at, tries)
                        VALUES ('tnt_demo', :origin, :task, 'cli_northside', 'calendar.book', :input::jsonb, 'cor_left', 'open',
                                clock_timestamp(), :tries)
                        ON CONFLICT (tenant_id, origin, task) DO UPDATE SET state = 'open', due_at = excluded.due_at""")
                        .param("origin", "live:" + fixture.call())
                        .param("task", task)
                        .param("input", Json.write(input))
                        .param("tries", tries)
                        .update());
    }

    private void makeOutcomeUnknown() {
        change("effect SET state = 'UNKNOWN', settled_at = NULL, look_after = 'infinity'", "state = 'DONE' AND origin");
    }

    private void change(String tableAndAssignments, String column) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay." + tableAndAssignments + " WHERE tenant_id = 'tnt_demo' AND " + column
                                + " = :origin")
                        .param("origin", "live:" + fixture.call())
                        .update());
    }

    private void changeReservation(String assignment) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay.reservation SET " + assignment
                                + " WHERE tenant_id = 'tnt_demo' AND reservation_id LIKE :act")
                        .param("act", "live:" + fixture.call() + "/%")
                        .update());
    }

    private int countReservations() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.reservation"
                                + " WHERE tenant_id = 'tnt_demo' AND reservation_id LIKE :act")
                        .param("act", "live:" + fixture.call() + "/%")
                        .query(Integer.class)
                        .single());
    }

    private String readState() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT state FROM patchbay.live_act WHERE tenant_id = 'tnt_demo' AND origin = :origin")
                        .param("origin", "live:" + fixture.call())
                        .query(String.class)
                        .single());
    }
}
