package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.CalendarHolds;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The times that are held. A hold is either being booked or being released, never both: a row decides, since a provider
 * cannot.
 */
@Repository
class CalendarHoldRepository implements CalendarHolds {

    /** After these a booking may yet have been made: its hold is not given back. */
    private static final Set<FailureReason> UNSURE = EnumSet.of(FailureReason.UNKNOWN_OUTCOME, FailureReason.BUG);

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    CalendarHoldRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    @Override
    public Optional<CalendarHold> find(TenantId tenant, ClientId client, String origin, Instant start) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT hold_id, minutes FROM patchbay.calendar_hold
                        WHERE tenant_id = :tenant AND client_id = :client AND origin = :origin
                          AND start_at = :start AND state IN ('held', 'booked')
                        ORDER BY hold_until DESC LIMIT 1""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("origin", origin)
                        .param("start", Timestamp.from(start))
                        .query((row, number) -> new CalendarHold(row.getString("hold_id"), row.getInt("minutes")))
                        .optional());
    }

    /** Reserves the hold that a booking is to confirm. False: it is being released just now, so wait. */
    boolean take(ActionRequest actionRequest) {
        return heldBy(actionRequest)
                .map(hold -> changed(
                                actionRequest,
                                hold,
                                "booked_by = :key",
                                "state IN ('held', 'booked') AND coalesce(booked_by, :key) = :key")
                        || !state(actionRequest, hold).equals("releasing"))
                .orElse(true);
    }

    /** Follows what came of an act on a hold. */
    void settled(ActionRequest actionRequest, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded succeeded -> done(actionRequest, succeeded);
            case Outcome.Retry retry -> giveBack(actionRequest, retry.reason());
            case Outcome.Failed failed -> giveBack(actionRequest, failed.reason());
            case Outcome.Deferred later -> {
                // Nothing is known yet.
            }
            case Outcome.NeedsPerson needsPerson -> {
                // A booking may have been made: its hold is not given back.
            }
        }
    }

    private void done(ActionRequest actionRequest, Outcome.Succeeded succeeded) {
        switch (actionRequest.function().name()) {
            case "calendar.hold" -> held(actionRequest, Json.read(succeeded.value(), CalendarPort.Hold.class));
            case "calendar.cancel" ->
                changed(actionRequest, actionRequest.input().path("id").asString(), "state = 'released'", "true");
            default ->
                heldBy(actionRequest)
                        .ifPresent(hold -> changed(actionRequest, hold, "state = 'booked'", "booked_by = :key"));
        }
    }

    private void giveBack(ActionRequest actionRequest, FailureReason failureReason) {
        heldBy(actionRequest)
                .filter(hold -> !UNSURE.contains(failureReason))
                .ifPresent(hold ->
                        changed(actionRequest, hold, "booked_by = NULL", "state = 'held' AND booked_by = :key"));
    }

    /** The hold that a booking is to confirm; the input of no other function has one. */
    private static Optional<String> heldBy(ActionRequest actionRequest) {
        return Optional.of(actionRequest.input().path("hold").asString("")).filter(hold -> !hold.isEmpty());
    }

    /** A telling that is repeated after a crash changes nothing. */
    private void held(ActionRequest actionRequest, CalendarPort.Hold hold) {
        TenantId tenant = actionRequest.key().tenant();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.calendar_hold (tenant_id, client_id, hold_id, origin, start_at, minutes, hold_until,
                                                            state, correlation_id)
                        VALUES (:tenant, :client, :hold, :origin, :start, :minutes, :until, 'held', :correlation)
                        ON CONFLICT DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("client", actionRequest.client().value())
                        .param("hold", hold.id())
                        .param("origin", actionRequest.key().runId())
                        .param("start", Timestamp.from(hold.start().toInstant()))
                        .param(
                                "minutes",
                                Duration.between(hold.start(), hold.end()).toMinutes())
                        .param("until", Timestamp.from(hold.heldUntil().toInstant()))
                        .param("correlation", actionRequest.correlation().value())
                        .update());
    }

    private boolean changed(ActionRequest actionRequest, String hold, String assignment, String condition) {
        TenantId tenant = actionRequest.key().tenant();
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.calendar_hold SET " + assignment
                                        + " WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold AND "
                                        + condition)
                                .param("tenant", tenant.value())
                                .param("client", actionRequest.client().value())
                                .param("hold", hold)
                                .param("key", actionRequest.key().text())
                                .update()
                        == 1);
    }

    private String state(ActionRequest actionRequest, String hold) {
        TenantId tenant = actionRequest.key().tenant();
        return tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                        SELECT state FROM patchbay.calendar_hold
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold""")
                                .param("tenant", tenant.value())
                                .param("client", actionRequest.client().value())
                                .param("hold", hold)
                                .query(String.class)
                                .optional())
                .orElse("");
    }
}
