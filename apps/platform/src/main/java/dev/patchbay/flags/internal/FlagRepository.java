package dev.patchbay.flags.internal;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.flags.FlagAdministration.ThrownSwitch;
import dev.patchbay.flags.FlagTargets;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code flag_allow} and {@code flag_switch}, in the transaction of the operators' tenant. */
@Repository
class FlagRepository {

    private final JdbcClient jdbc;

    FlagRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All lists and switches. */
    FlagTargets loadTargets() {
        Map<String, Map<TenantId, Instant>> tenants = new HashMap<>();
        Map<String, Map<UserId, Instant>> users = new HashMap<>();
        jdbc.sql("SELECT * FROM patchbay.flag_allow WHERE tenant_id = :tenant")
                .param("tenant", Tenants.PLATFORM.value())
                .query(row -> {
                    String flag = row.getString("flag");
                    AllowEntry entry = readEntry(row);
                    Instant until = Optional.ofNullable(entry.until()).orElse(Instant.MAX);
                    switch (entry.kind()) {
                        case TENANT ->
                            tenants.computeIfAbsent(flag, any -> new HashMap<>())
                                    .put(new TenantId(entry.listedId()), until);
                        case USER ->
                            users.computeIfAbsent(flag, any -> new HashMap<>())
                                    .put(new UserId(entry.listedId()), until);
                    }
                });
        Map<String, Set<String>> off = new HashMap<>();
        jdbc.sql("SELECT environment, flag FROM patchbay.flag_switch WHERE tenant_id = :tenant")
                .param("tenant", Tenants.PLATFORM.value())
                .query(row -> {
                    off.computeIfAbsent(row.getString("environment"), any -> new HashSet<>())
                            .add(row.getString("flag"));
                });
        return new FlagTargets(tenants, users, off);
    }

    List<AllowEntry> listEntries(String flag) {
        return jdbc.sql(
                        "SELECT * FROM patchbay.flag_allow WHERE tenant_id = :tenant AND flag = :flag ORDER BY entry_id")
                .param("tenant", Tenants.PLATFORM.value())
                .param("flag", flag)
                .query((row, number) -> readEntry(row))
                .list();
    }

    /** Inserts the entry, or changes the end of the present one. */
    void saveEntry(String id, String flag, AllowEntry entry, String actor, Instant now) {
        Instant until = entry.until();
        jdbc.sql("""
                        INSERT INTO patchbay.flag_allow (tenant_id, entry_id, flag, kind, listed_id, ends_at, created_by, created_at)
                        VALUES (:tenant, :entry, :flag, :kind, :listed, :ends, :actor, :now)
                        ON CONFLICT (tenant_id, flag, kind, listed_id) DO UPDATE SET ends_at = excluded.ends_at""")
                .param("tenant", Tenants.PLATFORM.value())
                .param("entry", id)
                .param("flag", flag)
                .param("kind", entry.kind().name())
                .param("listed", entry.listedId())
                .param("ends", until == null ? null : until.atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Empty when there is no such entry. */
    Optional<AllowEntry> deleteEntry(String flag, String entryId) {
        return jdbc.sql("""
                        DELETE FROM patchbay.flag_allow
                        WHERE tenant_id = :tenant AND flag = :flag AND entry_id = :entry RETURNING *""")
                .param("tenant", Tenants.PLATFORM.value())
                .param("flag", flag)
                .param("entry", entryId)
                .query((row, number) -> readEntry(row))
                .optional();
    }

    Optional<ThrownSwitch> findSwitch(String flag, String environment) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.flag_switch
                        WHERE tenant_id = :tenant AND flag = :flag AND environment = :environment""")
                .param("tenant", Tenants.PLATFORM.value())
                .param("flag", flag)
                .param("environment", environment)
                .query((row, number) -> new ThrownSwitch(
                        row.getString("reason"),
                        row.getString("created_by"),
                        row.getTimestamp("created_at").toInstant()))
                .optional();
    }

    /** @return false when it is thrown already */
    boolean throwSwitch(String flag, String environment, String reason, String actor, Instant now) {
        return jdbc.sql("""
                        INSERT INTO patchbay.flag_switch (tenant_id, flag, environment, reason, created_by, created_at)
                        VALUES (:tenant, :flag, :environment, :reason, :actor, :now) ON CONFLICT DO NOTHING""")
                        .param("tenant", Tenants.PLATFORM.value())
                        .param("flag", flag)
                        .param("environment", environment)
                        .param("reason", reason)
                        .param("actor", actor)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** @return false when it is not thrown */
    boolean resetSwitch(String flag, String environment) {
        return jdbc.sql("""
                        DELETE FROM patchbay.flag_switch
                        WHERE tenant_id = :tenant AND flag = :flag AND environment = :environment""")
                        .param("tenant", Tenants.PLATFORM.value())
                        .param("flag", flag)
                        .param("environment", environment)
                        .update()
                == 1;
    }

    private static AllowEntry readEntry(ResultSet row) throws SQLException {
        Timestamp end = row.getTimestamp("ends_at");
        return new AllowEntry(
                row.getString("entry_id"),
                AllowEntry.Kind.valueOf(row.getString("kind")),
                row.getString("listed_id"),
                end == null ? null : end.toInstant());
    }
}
