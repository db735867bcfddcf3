package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Runs that stopped and wait for a person, in groups of one reason each. */
@Repository
public class DeadLetters {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    DeadLetters(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * @param reason for example {@code provider_down}
     * @param meaning what that says, in a sentence
     * @param clients whose runs they are
     */
    public record Group(
            String reason,
            String meaning,
            String nextAction,
            int runs,
            Instant oldest,
            Instant newest,
            List<String> clients,
            List<String> flows) {}

    /** The largest first. */
    public List<Group> groups(TenantScope scope) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT cause_code, count(*) AS runs, min(ended_at) AS oldest, max(ended_at) AS newest,
                          array_agg(DISTINCT client_id ORDER BY client_id) AS clients,
                          array_agg(DISTINCT flow_name ORDER BY flow_name) AS flows
                        FROM patchbay.run
                        WHERE tenant_id = :tenant AND status = 'parked' AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        GROUP BY cause_code ORDER BY runs DESC, cause_code""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .query((row, number) -> {
                            var failureReason = TaskFailed.reasonOf(row.getString("cause_code"))
                                    .orElse(FailureReason.BUG);
                            return new Group(
                                    failureReason.code(),
                                    failureReason.meaning(),
                                    failureReason.nextAction(),
                                    row.getInt("runs"),
                                    row.getTimestamp("oldest").toInstant(),
                                    row.getTimestamp("newest").toInstant(),
                                    List.of((String[]) row.getArray("clients").getArray()),
                                    List.of((String[]) row.getArray("flows").getArray()));
                        })
                        .list());
    }
}
