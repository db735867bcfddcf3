package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.internal.calendar.Reservation.Standing;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/**
 * Stores reservations, in the tenant's transaction. A freed reservation is deleted, because the effect ledger keeps the
 * history.
 */
@Repository
class ReservationRepository {

    private static final String SELECT = """
            SELECT r.reservation_id, r.seat, r.owner, r.act, r.stands, r.start_at, r.end_at, r.event_id, r.held_until,
              (SELECT jsonb_agg(jsonb_build_array(extract(epoch FROM lower(part)), extract(epoch FROM upper(part))))
               FROM unnest(r.span) part) AS spans,
              (extract(epoch FROM clock_timestamp() - r.changed_at) * 1000)::bigint AS changed_for
            FROM patchbay.reservation r
            WHERE r.tenant_id = :tenant AND\s""";

    private static final String SPAN = "tstzmultirange(tstzrange(:from::timestamptz, :to::timestamptz))";

    private final JdbcClient jdbc;

    ReservationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the calendar: waits for every other transaction that reserves in it. */
    void lock(Lane lane) {
        in(lane, """
                INSERT INTO patchbay.calendar_lane AS l (tenant_id, calendar, seats) VALUES (:tenant, :calendar, :seats)
                ON CONFLICT (tenant_id, calendar) DO UPDATE SET seats = excluded.seats WHERE l.seats <> excluded.seats""").param("seats", lane.seats()).update();
    }

    /** Finds the reservations that block any part of the slot, the earliest first. */
    List<Reservation> findOverlapping(Lane lane, Slot slot) {
        return in(lane, SELECT + """
                        r.calendar = :calendar AND r.ends_at > :from::timestamptz
                        AND r.span &&\s""" + SPAN + " ORDER BY lower(r.span), r.reservation_id")
                .param("from", text(slot.start()))
                .param("to", text(slot.end()))
                .query(ReservationRepository::reservation)
                .list();
    }

    /** Returns the reservation that this effect is making or changing. */
    Optional<Reservation> findByAct(TenantId tenant, String key) {
        return jdbc.sql(SELECT + "r.act = :key")
                .param("tenant", tenant.value())
                .param("key", key)
                .query(ReservationRepository::reservation)
                .optional();
    }

    Optional<Reservation> findByAppointment(Lane lane, String eventId) {
        return in(lane, SELECT + "r.calendar = :calendar AND r.event_id = :event LIMIT 1")
                .param("event", eventId)
                .query(ReservationRepository::reservation)
                .optional();
    }

    /** Locks and returns the reservation: until the transaction ends, no effect settles it and no sweep expires it. */
    Optional<Reservation> lock(Lane lane, Reservation found) {
        return in(lane, SELECT + "r.calendar = :calendar AND r.reservation_id = :id FOR UPDATE OF r")
                .param("id", found.id())
                .query(ReservationRepository::reservation)
                .optional();
    }

    List<Reservation> findByOwner(TenantId tenant, String owner) {
        return jdbc.sql(SELECT + "r.owner = :owner ORDER BY r.start_at, r.reservation_id")
                .param("tenant", tenant.value())
                .param("owner", owner)
                .query(ReservationRepository::reservation)
                .list();
    }

    /**
     * Returns the lowest seat that is free both for the slot and for the present time of the reservation; its present seat
     * where that is free.
     */
    Optional<Integer> findSeat(Lane lane, Slot slot, Optional<Reservation> own) {
        return findSeat(lane, slot, own, true);
    }

    /** Returns the seat as {@link #findSeat} does, for a reservation that gives up its present time. */
    Optional<Integer> findSeatInsteadOf(Lane lane, Slot slot, Reservation own) {
        return findSeat(lane, slot, Optional.of(own), false);
    }

    private Optional<Integer> findSeat(Lane lane, Slot slot, Optional<Reservation> own, boolean keepsItsTime) {
        return in(lane, """
                        SELECT q.seat FROM generate_series(1, :seats) q(seat)
                        WHERE NOT EXISTS (
                          SELECT FROM patchbay.reservation o
                          WHERE o.tenant_id = :tenant AND o.calendar = :calendar AND o.reservation_id <> :own AND o.seat = q.seat
                            AND o.span && (\s""" + SPAN + """
                              + coalesce((SELECT m.span FROM patchbay.reservation m WHERE m.tenant_id = :tenant
                                          AND m.calendar = :calendar AND m.reservation_id = :own AND :keep), '{}'::tstzmultirange)))
                        ORDER BY q.seat <> :seat, q.seat LIMIT 1""")
                .param("seats", lane.seats())
                .param("own", own.map(Reservation::id).orElse(""))
                .param("seat", own.map(Reservation::seat).orElse(1))
                .param("keep", keepsItsTime)
                .param("from", text(slot.start()))
                .param("to", text(slot.end()))
                .query(Integer.class)
                .optional();
    }

    void add(Lane lane, CalendarRequest request, Slot span, int seat) {
        in(lane, """
                        INSERT INTO patchbay.reservation (tenant_id, reservation_id, calendar, seat, client_id, owner,
                                                          correlation_id, span, act, asked)
                        VALUES (:tenant, :key, :calendar, :seat, :client, :owner, :correlation,\s""" + SPAN + ", :key, " + SPAN + ")")
                .param("key", request.key())
                .param("seat", seat)
                .param("client", request.action().client().value())
                .param("owner", request.owner())
                .param("correlation", request.action().correlation().value())
                .param("from", text(span.start()))
                .param("to", text(span.end()))
                .update();
    }

    /** Keeps the reservation's present time, and adds the span to it. */
    void extend(Lane lane, Reservation own, String key, Slot span, int seat) {
        in(lane, """
                        UPDATE patchbay.reservation SET act = :key, seat = :seat, changed_at = clock_timestamp(),
                          asked =\s""" + SPAN + ", span = span + " + SPAN + """

                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = :id""")
                .param("key", key)
                .param("seat", seat)
                .param("id", own.id())
                .param("from", text(span.start()))
                .param("to", text(span.end()))
                .update();
    }

    void beginCancellation(Lane lane, Reservation own, String key) {
        in(lane, """
                        UPDATE patchbay.reservation SET act = :key, asked = NULL, changed_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = :id""").param("key", key).param("id", own.id()).update();
    }

    /** Gives every reservation a provisional seat, so that {@link #setSeat} meets no conflict while the seats are reordered. */
    void liftSeats(Lane lane, List<String> ids) {
        in(lane, """
                        UPDATE patchbay.reservation SET seat = seat + 1000
                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = ANY (:ids)""").param("ids", ids.toArray(String[]::new)).update();
    }

    void setSeat(Lane lane, String id, int seat) {
        in(lane, """
                        UPDATE patchbay.reservation SET seat = :seat
                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = :id""").param("seat", seat).param("id", id).update();
    }

    /**
     * Confirms the reservation after its effect succeeded: the requested time becomes its time.
     *
     * @param appointment the appointment as the function returned it
     */
    void confirm(TenantId tenant, String key, JsonNode appointment) {
        byAct(tenant, key, """
                        UPDATE patchbay.reservation SET span = asked, stands_on = asked, act = NULL, asked = NULL,
                          stands = CASE WHEN :held::timestamptz IS NULL THEN 'booked' ELSE 'held' END,
                          held_until = :held::timestamptz, start_at = :start::timestamptz, end_at = :end::timestamptz,
                          event_id = :event, changed_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND act = :key AND asked IS NOT NULL""")
                .param("held", appointment.path("heldUntil").asString(null))
                .param("start", appointment.path("start").asString(""))
                .param("end", appointment.path("end").asString(""))
                .param("event", appointment.path("id").asString(""))
                .update();
    }

    /** Deletes the reservation after its effect cancelled the appointment. */
    void deleteCancelled(TenantId tenant, String key) {
        byAct(
                        tenant,
                        key,
                        "DELETE FROM patchbay.reservation WHERE tenant_id = :tenant AND act = :key AND asked IS NULL")
                .update();
    }

    /**
     * Restores the earlier reservation after its effect did not take place. If a provider would not release a hold, the
     * provider decides about that hold.
     */
    void restore(TenantId tenant, String key) {
        byAct(tenant, key, """
                        DELETE FROM patchbay.reservation
                        WHERE tenant_id = :tenant AND act = :key AND (stands IS NULL OR act LIKE 'hold:%')""").update();
        byAct(tenant, key, """
                        UPDATE patchbay.reservation SET span = stands_on, act = NULL, asked = NULL
                        WHERE tenant_id = :tenant AND act = :key""").update();
    }

    /** Returns all reservations of the calendar that lie ahead. */
    List<Reservation> findAll(Lane lane) {
        return in(lane, SELECT + "r.calendar = :calendar ORDER BY r.reservation_id")
                .query(ReservationRepository::reservation)
                .list();
    }

    /**
     * Deletes the reservation after people removed or moved its appointment; returns false when an effect has changed it since.
     */
    boolean deleteUnchanged(Lane lane, Reservation reservation) {
        return in(lane, """
                        DELETE FROM patchbay.reservation
                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = :id AND act IS NULL
                          AND event_id = :event AND start_at = :start::timestamptz""")
                        .param("id", reservation.id())
                        .param("event", reservation.standing().orElseThrow().eventId())
                        .param(
                                "start",
                                text(reservation.standing().orElseThrow().slot().start()))
                        .update()
                == 1;
    }

    /** Gives the reservation the time to which its appointment was moved. */
    void relocate(Lane lane, Reservation moved, Slot slot, Slot span, int seat) {
        in(lane, """
                        UPDATE patchbay.reservation SET seat = :seat, start_at = :start::timestamptz, end_at = :end::timestamptz,
                          changed_at = clock_timestamp(), span =\s""" + SPAN + ", stands_on = " + SPAN + """

                        WHERE tenant_id = :tenant AND calendar = :calendar AND reservation_id = :id AND act IS NULL""")
                .param("id", moved.id())
                .param("seat", seat)
                .param("start", text(slot.start()))
                .param("end", text(slot.end()))
                .param("from", text(span.start()))
                .param("to", text(span.end()))
                .update();
    }

    /** Frees abandoned reservations across tenants, through a definer function. */
    void freeAbandoned(Duration after, int limit) {
        jdbc.sql("SELECT patchbay.free_abandoned_reservations(:after * interval '1 ms', :limit)")
                .param("after", after.toMillis())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /** Deletes past reservations across tenants, through a definer function. */
    void deletePast(Instant before, int limit) {
        jdbc.sql("SELECT patchbay.delete_past_reservations(:before, :limit)")
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    private StatementSpec in(Lane lane, String sql) {
        return jdbc.sql(sql).param("tenant", lane.tenant().value()).param("calendar", lane.calendar());
    }

    private StatementSpec byAct(TenantId tenant, String key, String sql) {
        return jdbc.sql(sql).param("tenant", tenant.value()).param("key", key);
    }

    private static String text(OffsetDateTime time) {
        return time.toString();
    }

    private static Reservation reservation(ResultSet row, int number) throws SQLException {
        return new Reservation(
                row.getString("reservation_id"),
                row.getInt("seat"),
                row.getString("owner"),
                Json.read(row.getString("spans"))
                        .valueStream()
                        .map(span -> new Slot(time(span.path(0)), time(span.path(1))))
                        .toList(),
                Optional.ofNullable(row.getString("act")),
                row.getString("stands") == null ? Optional.empty() : Optional.of(standing(row)),
                Duration.ofMillis(row.getLong("changed_for")));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getString("event_id"),
                new Slot(time(row, "start_at"), time(row, "end_at")),
                Optional.ofNullable(row.getTimestamp("held_until")).map(Timestamp::toInstant));
    }

    private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant().atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime time(JsonNode seconds) {
        return Instant.ofEpochSecond(0, seconds.decimalValue().movePointRight(9).longValue())
                .atOffset(ZoneOffset.UTC);
    }
}
