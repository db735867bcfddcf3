package dev.patchbay.usage.collection;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.UsageSource.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code usage_collection}: the progress of each pass, and the process that holds it. */
@Repository
class CollectionRepository {

    private static final String KEY = " WHERE tenant_id = :tenant AND connection_id = :connection AND pass = :pass ";

    private final JdbcClient jdbc;

    CollectionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key of a pass over a connection. */
    record Key(TenantId tenant, ConnectionId connection, CollectionPass pass, String provider) {}

    /**
     * A pass that one process holds until its lease ends.
     *
     * @param holder the fencing token; a later holder makes this one invalid
     * @param window the window of the pass that is under way; empty when a new pass begins
     */
    record HeldPass(
            Key key,
            String holder,
            Optional<Window> window,
            Optional<String> cursor,
            @Nullable Instant coveredTo) {}

    /** The time that finished passes over the connection have listed. */
    record Coverage(@Nullable Instant from, @Nullable Instant to) {}

    /** The numbers that one page adds to the counts of its pass. */
    record PageCounts(int read, int fresh, int corrected, int vanished, int unattributed, int pending, int failed) {}

    /** Registers a pass. The first pass over the latest usage starts at once, and passes that list again follow it. */
    void register(Key key) {
        bind("""
                INSERT INTO patchbay.usage_collection (tenant_id, connection_id, pass, provider, due_at)
                VALUES (:tenant, :connection, :pass, :provider,
                  CASE :pass WHEN 'latest' THEN clock_timestamp() WHEN 'recent' THEN clock_timestamp() + interval '1 hour'
                    WHEN 'settled' THEN clock_timestamp() + interval '1 day' ELSE 'infinity' END)
                ON CONFLICT DO NOTHING""", key).param("provider", key.provider()).update();
    }

    /** Returns the passes of all tenants that should run now. A definer function reads them across tenants. */
    List<Key> listDue() {
        return jdbc.sql("SELECT tenant_id, connection_id, pass, provider FROM patchbay.due_usage_collections()")
                .query((row, number) -> new Key(
                        new TenantId(row.getString("tenant_id")),
                        new ConnectionId(row.getString("connection_id")),
                        CollectionPass.ofWireName(row.getString("pass")),
                        row.getString("provider")))
                .list();
    }

    /** Schedules the pass on request for that window; returns false while one runs. */
    boolean request(Key key, Window window) {
        return bind("""
                UPDATE patchbay.usage_collection
                SET window_from = :from::timestamptz, window_to = :to::timestamptz, cursor = NULL, failure = NULL,
                    due_at = clock_timestamp(), started_at = clock_timestamp(), finished_at = NULL,
                    read = 0, fresh = 0, corrected = 0, vanished = 0, unattributed = 0, pending = 0, failed = 0""" + KEY + "AND held_until <= clock_timestamp()", key)
                        .param("from", window.from().toString())
                        .param("to", window.to().toString())
                        .update()
                == 1;
    }

    /** Acquires the pass for this process; empty while another process holds it. */
    Optional<HeldPass> acquire(Key key, String holder, Duration lease) {
        return bind("""
                UPDATE patchbay.usage_collection
                SET holder = :holder, held_until = clock_timestamp() + :lease * interval '1 millisecond'""" + KEY + """
                AND held_until <= clock_timestamp()
                RETURNING window_from, window_to, cursor, covered_to""", key)
                .param("holder", holder)
                .param("lease", lease.toMillis())
                .query((row, number) -> new HeldPass(
                        key,
                        holder,
                        window(row),
                        Optional.ofNullable(row.getString("cursor")),
                        instant(row, "covered_to")))
                .optional();
    }

    private static Optional<Window> window(ResultSet row) throws SQLException {
        Instant from = instant(row, "window_from");
        Instant to = instant(row, "window_to");
        return from == null || to == null ? Optional.empty() : Optional.of(new Window(from, to));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    void begin(HeldPass held, Window window) {
        bind("""
                UPDATE patchbay.usage_collection
                SET window_from = :from::timestamptz, window_to = :to::timestamptz, cursor = NULL,
                    started_at = clock_timestamp(), finished_at = NULL,
                    read = 0, fresh = 0, corrected = 0, vanished = 0, unattributed = 0, pending = 0, failed = 0""" + KEY + "AND holder = :holder", held.key())
                .param("holder", held.holder())
                .param("from", window.from().toString())
                .param("to", window.to().toString())
                .update();
    }

    /**
     * Locks all passes over the connection until the transaction ends, so that one page is written at a time.
     *
     * @return the time that was collected before; empty when another process holds the pass
     */
    Optional<Coverage> lock(HeldPass held) {
        Key key = held.key();
        List<Boolean> mine = bind("""
                SELECT pass = :pass AND holder = :holder AS mine FROM patchbay.usage_collection
                WHERE tenant_id = :tenant AND connection_id = :connection ORDER BY pass FOR UPDATE""", key)
                .param("holder", held.holder())
                .query((row, number) -> row.getBoolean("mine"))
                .list();
        return mine.contains(true) ? Optional.of(coverage(key)) : Optional.empty();
    }

    private Coverage coverage(Key key) {
        return jdbc.sql("""
                        SELECT min(covered_from) AS covered_from, max(covered_to) AS covered_to
                        FROM patchbay.usage_collection
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", key.tenant().value())
                .param("connection", key.connection().value())
                .query((row, number) -> new Coverage(instant(row, "covered_from"), instant(row, "covered_to")))
                .single();
    }

    /** Moves the cursor, adds the counts and renews the lease, in the transaction of the page. */
    void advance(HeldPass held, String cursor, PageCounts counts, Duration lease) {
        bind("""
                UPDATE patchbay.usage_collection
                SET cursor = :cursor, failing_since = NULL, held_until = clock_timestamp() + :lease * interval '1 millisecond',
                    read = read + :read, fresh = fresh + :fresh, corrected = corrected + :corrected,
                    vanished = vanished + :vanished, unattributed = unattributed + :unattributed,
                    pending = pending + :pending, failed = failed + :failed""" + KEY + "AND holder = :holder", held.key())
                .param("holder", held.holder())
                .param("cursor", cursor)
                .param("lease", lease.toMillis())
                .param("read", counts.read())
                .param("fresh", counts.fresh())
                .param("corrected", counts.corrected())
                .param("vanished", counts.vanished())
                .param("unattributed", counts.unattributed())
                .param("pending", counts.pending())
                .param("failed", counts.failed())
                .update();
    }

    /** Ends the pass and marks its window as covered. Without {@code dueIn}, the next pass runs on request only. */
    void finish(HeldPass held, @Nullable Duration dueIn) {
        bind("""
                UPDATE patchbay.usage_collection
                SET held_until = '-infinity', failure = NULL, cursor = NULL, finished_at = clock_timestamp(),
                    covered_from = least(covered_from, window_from), covered_to = greatest(covered_to, window_to),
                    window_from = NULL, window_to = NULL,
                    due_at = coalesce(clock_timestamp() + :due::bigint * interval '1 millisecond', 'infinity')""" + KEY + "AND holder = :holder", held.key())
                .param("holder", held.holder())
                .param("due", dueIn == null ? null : dueIn.toMillis())
                .update();
    }

    /**
     * Releases the pass after a failure. It later continues from its cursor.
     *
     * @return whether it has failed for the duration {@code patience} without a page in between
     */
    boolean fail(HeldPass held, String failure, Duration dueIn, Duration patience) {
        return bind("""
                UPDATE patchbay.usage_collection
                SET held_until = '-infinity', failure = :failure,
                    failing_since = coalesce(failing_since, clock_timestamp()),
                    due_at = clock_timestamp() + :due * interval '1 millisecond'""" + KEY + """
                AND holder = :holder
                RETURNING failing_since <= clock_timestamp() - :patience * interval '1 millisecond'""", held.key())
                .param("holder", held.holder())
                .param("failure", failure)
                .param("due", dueIn.toMillis())
                .param("patience", patience.toMillis())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Moves the pass over the latest usage to that time from now, unless it is scheduled earlier. Other passes are not changed.
     */
    void hasten(TenantId tenant, ConnectionId connection, Duration within) {
        jdbc.sql("""
                        UPDATE patchbay.usage_collection
                        SET due_at = clock_timestamp() + :within * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND pass = 'latest'
                          AND due_at > clock_timestamp() + :within * interval '1 millisecond'""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("within", within.toMillis())
                .update();
    }

    List<CollectionProgress> list(TenantId tenant, Optional<String> provider) {
        return jdbc.sql("""
                        SELECT *, held_until > clock_timestamp() AS held FROM patchbay.usage_collection
                        WHERE tenant_id = :tenant AND (:provider::text IS NULL OR provider = :provider)
                        ORDER BY connection_id, pass""")
                .param("tenant", tenant.value())
                .param("provider", provider.orElse(null))
                .query((row, number) -> progress(row))
                .list();
    }

    private static CollectionProgress progress(ResultSet row) throws SQLException {
        return new CollectionProgress(
                row.getString("provider"),
                new ConnectionId(row.getString("connection_id")),
                row.getString("pass"),
                state(row),
                instant(row, "window_from"),
                instant(row, "window_to"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("read"),
                row.getLong("fresh"),
                row.getLong("corrected"),
                row.getLong("vanished"),
                row.getLong("unattributed"),
                row.getLong("pending"),
                row.getLong("failed"),
                row.getString("failure"));
    }

    private static CollectionState state(ResultSet row) throws SQLException {
        if (row.getString("failure") != null) {
            return CollectionState.UNAVAILABLE;
        }
        if (row.getBoolean("held") || row.getTimestamp("window_from") != null) {
            return CollectionState.RUNNING;
        }
        return row.getTimestamp("finished_at") == null ? CollectionState.WAITING : CollectionState.DONE;
    }

    private JdbcClient.StatementSpec bind(String sql, Key key) {
        return jdbc.sql(sql)
                .param("tenant", key.tenant().value())
                .param("connection", key.connection().value())
                .param("pass", key.pass().wireName());
    }
}
