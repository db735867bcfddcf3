package dev.patchbay.flows.internal.act;

import dev.patchbay.flows.spi.CalendarPort;
import dev.patchbay.flows.spi.Reason;
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
public class Holds {

    /** After these a booking may yet have been made: its hold is not given back. */
    private static final Set<Reason> UNSURE = EnumSet.of(Reason.UNKNOWN_OUTCOME, Reason.BUG);

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    Holds(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** A time that is held, or was until it was booked. */
    public record Held(String id, int minutes) {}

    /** The origin's hold on the time that begins then. */
    public Optional<Held> of(TenantId tenant, ClientId client, String origin, Instant start) {
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
                        .query((row, number) -> new Held(row.getString("hold_id"), row.getInt("minutes")))
                        .optional());
    }

    /** Reserves the hold that a booking is to confirm. False: it is being released just now, so wait. */
    boolean take(Acting acting) {
        return heldBy(acting)
                .map(hold -> changed(
                                acting,
                                hold,
                                "booked_by = :key",
                                "state IN ('held', 'booked') AND coalesce(booked_by, :key) = :key")
                        || !state(acting, hold).equals("releasing"))
                .orElse(true);
    }

    /** Follows what came of an act on a hold. */
    void settled(Acting acting, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> done(acting, done);
            case Outcome.Again again -> giveBack(acting, again.reason());
            case Outcome.GaveUp gaveUp -> giveBack(acting, gaveUp.reason());
            case Outcome.NotYet later -> {
                // Nothing is known yet.
            }
            case Outcome.Ask ask -> {
                // A booking may have been made: its hold is not given back.
            }
        }
    }

    private void done(Acting acting, Outcome.Done done) {
        switch (acting.function().name()) {
            case "calendar.hold" -> held(acting, Json.read(done.value(), CalendarPort.Hold.class));
            case "calendar.cancel" ->
                changed(acting, acting.input().path("id").asString(), "state = 'released'", "true");
            default -> heldBy(acting).ifPresent(hold -> changed(acting, hold, "state = 'booked'", "booked_by = :key"));
        }
    }

    private void giveBack(Acting acting, Reason reason) {
        heldBy(acting)
                .filter(hold -> !UNSURE.contains(reason))
                .ifPresent(hold -> changed(acting, hold, "booked_by = NULL", "state = 'held' AND booked_by = :key"));
    }

    /** The hold that a booking is to confirm; the input of no other function has one. */
    private static Optional<String> heldBy(Acting acting) {
        return Optional.of(acting.input().path("hold").asString("")).filter(hold -> !hold.isEmpty());
    }

    /** A telling that is repeated after a crash changes nothing. */
    private void held(Acting acting, CalendarPort.Hold hold) {
        TenantId tenant = acting.key().tenant();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.calendar_hold (tenant_id, client_id, hold_id, origin, start_at, minutes, hold_until,
                                                            state, correlation_id)
                        VALUES (:tenant, :client, :hold, :origin, :start, :minutes, :until, 'held', :correlation)
                        ON CONFLICT DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("client", acting.client().value())
                        .param("hold", hold.id())
                        .param("origin", acting.key().runId())
                        .param("start", Timestamp.from(hold.start().toInstant()))
                        .param(
                                "minutes",
                                Duration.between(hold.start(), hold.end()).toMinutes())
                        .param("until", Timestamp.from(hold.heldUntil().toInstant()))
                        .param("correlation", acting.correlation().value())
                        .update());
    }

    private boolean changed(Acting acting, String hold, String assignment, String condition) {
        TenantId tenant = acting.key().tenant();
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.calendar_hold SET " + assignment
                                        + " WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold AND "
                                        + condition)
                                .param("tenant", tenant.value())
                                .param("client", acting.client().value())
                                .param("hold", hold)
                                .param("key", acting.key().text())
                                .update()
                        == 1);
    }

    private String state(Acting acting, String hold) {
        TenantId tenant = acting.key().tenant();
        return tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                        SELECT state FROM patchbay.calendar_hold
                        WHERE tenant_id = :tenant AND client_id = :client AND hold_id = :hold""")
                                .param("tenant", tenant.value())
                                .param("client", acting.client().value())
                                .param("hold", hold)
                                .query(String.class)
                                .optional())
                .orElse("");
    }
}
