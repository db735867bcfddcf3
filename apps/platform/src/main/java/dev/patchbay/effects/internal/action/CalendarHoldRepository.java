package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.CalendarHolds.CalendarHold;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The holds, with who is booking each. In the tenant's transaction. */
@Repository
class CalendarHoldRepository {

    private final JdbcClient jdbc;

    CalendarHoldRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CalendarHold> find(TenantId tenant, ClientId client, EffectOrigin origin, Instant start) {
        return jdbc.sql("""
                        SELECT hold_id, minutes FROM patchbay.calendar_hold
                        WHERE tenant_id = :tenant AND client_id = :client AND origin = :origin
                          AND start_at = :start AND state IN ('held', 'booked')
                        ORDER BY hold_until DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("origin", origin.text())
                .param("start", Timestamp.from(start))
                .query((row, number) -> new CalendarHold(row.getString("hold_id"), row.getInt("minutes")))
                .optional();
    }

    /** Adds the hold; a repeat after a crash changes nothing. */
    void add(ActionRequest request, CalendarPort.Hold hold) {
        statement(request, hold.id(), """
                        INSERT INTO patchbay.calendar_hold (tenant_id, client_id, hold_id, origin, start_at, minutes, hold_until,
                                                            state, correlation_id)
                        VALUES (:tenant, :client, :hold, :origin, :start, :minutes, :until, 'held', :correlation)
                        ON CONFLICT DO NOTHING""")
                .param("origin", request.key().origin().text())
                .param("start", Timestamp.from(hold.start().toInstant()))
                .param("minutes", Duration.between(hold.start(), hold.end()).toMinutes())
                .param("until", Timestamp.from(hold.heldUntil().toInstant()))
                .param("correlation", request.correlation().value())
                .update();
    }

    /** Reserves the hold for this booking; false when another one has it, or when it is released or unknown here. */
    boolean reserve(ActionRequest booking, String hold) {
        return statement(booking, hold, """
                        UPDATE patchbay.calendar_hold SET booked_by = :key
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold
                          AND state IN ('held', 'booked') AND coalesce(booked_by, :key) = :key""").update() == 1;
    }

    boolean isBeingReleased(ActionRequest booking, String hold) {
        return statement(booking, hold, """
                        SELECT count(*) FROM patchbay.calendar_hold
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold AND state = 'releasing'""").query(Integer.class).single() == 1;
    }

    void cancelReservation(ActionRequest booking, String hold) {
        statement(booking, hold, """
                        UPDATE patchbay.calendar_hold SET booked_by = NULL
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold
                          AND state = 'held' AND booked_by = :key""").update();
    }

    void markBooked(ActionRequest booking, String hold) {
        statement(booking, hold, """
                        UPDATE patchbay.calendar_hold SET state = 'booked'
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold AND booked_by = :key""").update();
    }

    void markReleased(ActionRequest cancellation, String hold) {
        statement(cancellation, hold, """
                        UPDATE patchbay.calendar_hold SET state = 'released'
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold""").update();
    }

    private StatementSpec statement(ActionRequest request, String hold, String sql) {
        return jdbc.sql(sql)
                .param("tenant", request.key().tenant().value())
                .param("client", request.client().value())
                .param("hold", hold)
                .param("key", request.key().text());
    }
}
