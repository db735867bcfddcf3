package dev.patchbay.flows.run;

import dev.patchbay.flows.run.RunReplays.ReplayOptions;
import dev.patchbay.kernel.Json;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The passes of replayed runs: who asked for them, and what the run was before. */
@Repository
class RunPassRepository {

    private final JdbcClient jdbc;

    RunPassRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param currentInput kept where the replay edits it
     * @param heals when the outage began that had parked the run; null when a person replays it
     */
    void insert(
            RunSnapshot run,
            JsonNode currentInput,
            RunContext next,
            String actor,
            ReplayOptions options,
            @Nullable Instant heals) {
        var before = Json.object()
                .put("status", run.status().code())
                .put("version", run.version())
                .put("cause", run.causeCode())
                .put("sentence", run.causeSentence())
                .put("step", run.causeStep());
        if (options.input() != null) {
            before.set("input", currentInput);
        }
        jdbc.sql("""
                        INSERT INTO patchbay.run_pass (tenant_id, run_id, pass, version, input, repeat_tasks, actor, reason, before, heals)
                        VALUES (:tenant, :run, :pass, :version, :input::jsonb, :repeat, :actor, :reason, :before::jsonb, :heals)""")
                .param("tenant", run.tenant().value())
                .param("run", run.runId().value())
                .param("pass", next.pass())
                .param("version", next.definition().document().version())
                .param("input", options.input() == null ? null : Json.write(options.input()))
                .param("repeat", next.repeatTasks().toArray(new String[0]))
                .param("actor", actor)
                .param("reason", options.reason())
                .param("before", Json.write(before))
                .param("heals", heals == null ? null : Timestamp.from(heals), Types.TIMESTAMP)
                .update();
    }
}
