package dev.patchbay.insights.calls;

import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes the columns of {@code call} about the person who dealt with it, within the tenant's transaction. */
@Repository
class HandledCallRepository {

    private final JdbcClient jdbc;

    HandledCallRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void mark(TenantId tenant, String callId, String actor, Instant at, HandledHow how, @Nullable String note) {
        jdbc.sql("""
                        UPDATE patchbay.call SET handled_at = :at, handled_by = :actor, handled_how = :how, handled_note = :note
                        WHERE tenant_id = :tenant AND call_id = :call""")
                .param("at", Timestamp.from(at))
                .param("actor", actor)
                .param("how", how.code())
                .param("note", note)
                .param("tenant", tenant.value())
                .param("call", callId)
                .update();
    }

    /**
     * Takes the mark back.
     *
     * @return false when the call was not handled
     */
    boolean unmark(TenantId tenant, String callId) {
        return jdbc.sql("""
                        UPDATE patchbay.call
                        SET handled_at = NULL, handled_by = NULL, handled_how = NULL, handled_note = NULL
                        WHERE tenant_id = :tenant AND call_id = :call AND handled_at IS NOT NULL""")
                        .param("tenant", tenant.value())
                        .param("call", callId)
                        .update()
                == 1;
    }
}
