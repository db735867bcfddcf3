package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.Sources;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class InterpreterTests {

    @Test
    void setComputesFromTheEventTheStepsAndTheClient() {
        JsonNode run = run("sets", """
                do:
                  - first:
                      set: { name: "${ $event.who }", place: "${ $client.name }" }
                  - second:
                      set: { greeting: "${ \\"Hello \\" + $steps.first.name }", place: "${ .place }" }
                """, Json.object().put("who", "Ada"));

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(run.at("/output/greeting").asString()).isEqualTo("Hello Ada");
        assertThat(run.at("/output/place").asString()).isEqualTo("Northside Dental");
    }

    @Test
    void theStandardsVariablesHaveTheValuesThatTheCheckerPromises() {
        String text = Sources.read(Sources.ROOT.resolve("flows/valid/standard-variables.yaml"));
        JsonNode run = run(
                "standard-variables",
                text.substring(text.indexOf("do:")),
                Json.object().put("who", "Ada"));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        String id = run.path("id").asString();
        assertThat(run.path("output"))
                .isEqualTo(Json.read("""
                {"inner": {"name": "inner", "definition": ["definition", "name"]},
                 "first": {"who": "Ada", "run": "%s", "place": "/do/0/first", "by": "patchbay", "asked": "Ada", "raw": "Ada"},
                 "context": {"kept": "Ada", "flow": "%s", "event": "Ada"}}""".formatted(id, run.at("/flow/name").asString())));
    }

    @Test
    void aSwitchJumpsAndASkippedTaskIsMarked() {
        JsonNode run = run("switches", """
                do:
                  - choice:
                      switch:
                        - big: { when: "${ $event.size > 10 }", then: large }
                        - otherwise: { then: small }
                  - large:
                      set: { size: large }
                      then: end
                  - small:
                      if: "${ $event.size > 100 }"
                      set: { size: small }
                """, Json.object().put("size", 3));

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(run.path("steps"))
                .extracting(step ->
                        step.path("name").asString() + " " + step.path("status").asString())
                .containsExactly("choice completed", "small skipped");
        JsonNode big = run("switches", null, Json.object().put("size", 30));
        assertThat(big.at("/output/size").asString()).isEqualTo("large");
    }

    @Test
    void aSwitchWithoutAMatchContinues() {
        JsonNode run = run("no-match", """
                do:
                  - choice:
                      switch:
                        - big: { when: "${ $event.size > 10 }", then: exit }
                  - last:
                      set: { reached: true }
                """, Json.object().put("size", 3));

        assertThat(run.at("/output/reached").asBoolean()).isTrue();
    }

    @Test
    void exitLeavesTheInnerListOnly() {
        JsonNode run = run("exits", """
                do:
                  - group:
                      do:
                        - inner:
                            if: "$event.size == null"
                            set: { inner: true }
                            then: exit
                        - never:
                            set: { never: true }
                  - outer:
                      set: { outer: true }
                """, Json.object());

        assertThat(run.path("steps"))
                .extracting(step -> step.path("name").asString())
                .containsExactly("inner", "outer");
    }

    @Test
    void aRaisedErrorFailsTheRun() {
        JsonNode run = run("raises", """
                do:
                  - refuse:
                      raise:
                        error: { type: "https://example.com/not-today", status: 400, title: Not today, detail: Closed on Sundays }
                """, Json.object());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.at("/cause/code").asString()).isEqualTo("raised");
        assertThat(run.at("/cause/sentence").asString()).isEqualTo("Closed on Sundays");
    }

    @Test
    void aCaughtErrorIsHandledByTheCatch() {
        JsonNode run = run("catches", """
                do:
                  - risky:
                      try:
                        - refuse:
                            raise:
                              error: { type: "https://example.com/not-today", status: 400, title: Not today, detail: Closed }
                      catch:
                        errors: { with: { status: 400 } }
                        as: problem
                        do:
                          - note:
                              set: { heard: "${ $problem.detail }" }
                """, Json.object());

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(run.at("/output/heard").asString()).isEqualTo("Closed");
    }

    @Test
    void anErrorThatTheFilterExcludesIsNotCaught() {
        JsonNode run = run("passes", """
                do:
                  - risky:
                      try:
                        - refuse:
                            raise:
                              error: { type: "https://example.com/not-today", status: 500, title: Not today, detail: Closed }
                      catch:
                        errors: { with: { status: 400 } }
                        do:
                          - note:
                              set: { heard: true }
                """, Json.object());

        assertThat(run.path("status").asString()).isEqualTo("failed");
    }

    @Test
    void aRetryStopsAtItsLimit() {
        JsonNode run = run("retries", """
                do:
                  - risky:
                      try:
                        - refuse:
                            raise:
                              error: { type: "https://example.com/busy", status: 503, title: Busy, detail: Busy }
                      catch:
                        when: "${ $error.status == 503 }"
                        exceptWhen: "${ $error.title == \\"Gone\\" }"
                        retry: { delay: PT0.1S, backoff: { constant: {} }, limit: { attempt: { count: 3 } } }
                        do:
                          - note:
                              set: { gaveUp: true }
                """, Json.object());

        assertThat(run.at("/output/gaveUp").asBoolean()).as(run.toString()).isTrue();
    }

    @Test
    void aWaitIsJournalledAndInputOutputAndExportShapeTheData() {
        JsonNode run =
                run("shapes", """
                input: { from: "${ .order }" }
                do:
                  - pause:
                      wait: PT0.1S
                  - price:
                      input: { from: "${ .price }" }
                      set: { double: "${ . * 2 }" }
                      export: { as: "${ {seen: .} }" }
                      output: { as: "${ .double }" }
                  - show:
                      set: { seen: "${ $context.seen }", was: "${ . }" }
                output: { as: "${ .seen + .was }" }
                """, Json.object().set("order", Json.object().put("price", 21)));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertThat(run.path("output").asInt()).isEqualTo(84);
    }

    @Test
    void aFailedExpressionParksTheRunWithItsTask() {
        JsonNode run = run("fails", """
                do:
                  - sum:
                      set: { total: "${ $event.text + 1 }" }
                """, Json.object().put("text", "abc"));

        assertThat(run.path("status").asString()).isEqualTo("parked");
        assertThat(run.at("/cause/code").asString()).isEqualTo("bad_input");
        assertThat(run.at("/output/instance").asString()).isEqualTo("/do/0/sum");
    }

    @Test
    void anEndlessLoopIsStopped() {
        JsonNode run = run("endless-loop", """
                do:
                  - again:
                      set: { reached: true }
                      then: again
                """, Json.object());

        assertThat(run.at("/cause/sentence").asString()).contains("without end");
    }

    @Test
    void readsHaveNoEffect() {
        JsonNode run = run("reads", """
                do:
                  - contact:
                      call: crm.upsertContact
                      with: { phone: "+14155550001", firstName: Grace, source: test }
                  - again:
                      call: crm.getContact
                      with: { id: "${ $steps.contact.id }" }
                  - slots:
                      call: calendar.findSlots
                      with: { from: "2031-03-03T09:00:00-06:00", to: "2031-03-03T17:00:00-06:00", minutes: 30 }
                  - booked:
                      call: calendar.book
                      with: { contact: "${ $steps.contact.id }", start: "${ $steps.slots.slots[0].start }", minutes: 30 }
                  - undone:
                      call: calendar.cancel
                      with: { id: "${ $steps.booked.id }" }
                """, Json.object());

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertThat(run.at("/steps/1/effect").isNull()).isTrue();
        assertThat(run.at("/output/cancelled").asBoolean()).isTrue();
    }

    private static JsonNode run(String name, @org.jspecify.annotations.Nullable String tasks, JsonNode input) {
        if (tasks != null) {
            var created = TestEnvironment.post(
                    "/api/v1/flows",
                    "application/yaml",
                    "document: { dsl: 1.0.3, namespace: test, name: " + name + ", version: 1.0.0 }\n" + tasks);
            assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        }
        String id = flow(name);
        var started = TestEnvironment.post(
                "/api/v1/flows/" + id + "/run",
                Json.object()
                        .put(
                                "clientId",
                                TestEnvironment.dev().at("/clients/0/id").asString())
                        .set("input", input));
        assertThat(started.status()).as(started.body().toString()).isEqualTo(202);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestEnvironment.get("/api/v1/runs/"
                                        + started.body().path("runId").asString())
                                .body(),
                        run -> run.hasNonNull("endedAt"));
    }

    private static String flow(String name) {
        for (JsonNode flow : TestEnvironment.get("/api/v1/flows").body().path("items")) {
            if (flow.path("name").asString().equals(name)) {
                return flow.path("id").asString();
            }
        }
        throw new AssertionError("no flow " + name);
    }
}
