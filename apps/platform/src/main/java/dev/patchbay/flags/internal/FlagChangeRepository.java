package dev.patchbay.flags.internal;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.flags.FlagChange;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code flag_change}, in the transaction of the operators' tenant. */
@Repository
class FlagChangeRepository {

    private static final int MAX_LISTED = 100;

    private final JdbcClient jdbc;

    FlagChangeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(FlagChange change) {
        AllowEntry entry = change.entry();
        Instant decidedAt = change.decidedAt();
        jdbc.sql("""
                        INSERT INTO patchbay.flag_change (tenant_id, change_id, flag, environment, kind, entry, reason, state,
                                                          requested_by, requested_at, decided_at)
                        VALUES (:tenant, :change, :flag, :environment, :kind, :entry::jsonb, :reason, :state,
                                :actor, :now, :decided)""")
                .param("tenant", Tenants.PLATFORM.value())
                .param("change", change.id())
                .param("flag", change.flag())
                .param("environment", change.environment())
                .param("kind", change.kind().name())
                .param("entry", entry == null ? null : Json.write(entry))
                .param("reason", change.reason())
                .param("state", change.state().name())
                .param("actor", change.requestedBy())
                .param("now", change.requestedAt().atOffset(ZoneOffset.UTC))
                .param("decided", decidedAt == null ? null : decidedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Reads and locks a change until the transaction ends. */
    Optional<FlagChange> lock(String id) {
        return jdbc.sql(
                        "SELECT * FROM patchbay.flag_change WHERE tenant_id = :tenant AND change_id = :change FOR UPDATE")
                .param("tenant", Tenants.PLATFORM.value())
                .param("change", id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The changes of the flag that wait for a second operator, the oldest first. */
    List<FlagChange> listPending(String flag, String environment) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.flag_change
                        WHERE tenant_id = :tenant AND flag = :flag AND environment = :environment AND state = 'PENDING'
                        ORDER BY change_id LIMIT :limit""")
                .param("tenant", Tenants.PLATFORM.value())
                .param("flag", flag)
                .param("environment", environment)
                .param("limit", MAX_LISTED)
                .query((row, number) -> read(row))
                .list();
    }

    void markApplied(String id, String actor, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.flag_change SET state = 'APPLIED', decided_by = :actor, decided_at = :now
                        WHERE tenant_id = :tenant AND change_id = :change AND state = 'PENDING'""")
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", Tenants.PLATFORM.value())
                .param("change", id)
                .update();
    }

    private static FlagChange read(ResultSet row) throws SQLException {
        String entry = row.getString("entry");
        return new FlagChange(
                row.getString("change_id"),
                row.getString("flag"),
                row.getString("environment"),
                FlagChange.Kind.valueOf(row.getString("kind")),
                entry == null ? null : Json.read(Json.read(entry), AllowEntry.class),
                row.getString("reason"),
                FlagChange.State.valueOf(row.getString("state")),
                row.getString("requested_by"),
                row.getTimestamp("requested_at").toInstant(),
                row.getString("decided_by"),
                instant(row.getTimestamp("decided_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
