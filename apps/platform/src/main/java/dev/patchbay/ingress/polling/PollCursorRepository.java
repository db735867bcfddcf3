package dev.patchbay.ingress.polling;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code poll_cursor}: how far each stream was read, and which poll holds it. */
@Repository
class PollCursorRepository {

    private final JdbcClient jdbc;

    PollCursorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A stream of a connection. */
    record Stream(TenantId tenant, ConnectionId connection, String name, String provider) {}

    /**
     * A stream that one poll holds until its lease ends.
     *
     * @param holder the poll, its fencing token: a later holder makes this one void
     */
    record HeldStream(Stream stream, String holder, Optional<String> cursor) {}

    /**
     * Registers a stream; a new one is due at once.
     *
     * @param webhookConnection the connection whose webhooks report the same facts
     */
    void register(Stream stream, ConnectionId webhookConnection) {
        jdbc.sql("""
                        INSERT INTO patchbay.poll_cursor (tenant_id, connection_id, stream, provider, webhook_connection_id, due_at)
                        VALUES (:tenant, :connection, :stream, :provider, :webhookConnection, clock_timestamp())
                        ON CONFLICT (tenant_id, connection_id, stream) DO UPDATE SET webhook_connection_id = excluded.webhook_connection_id
                        WHERE poll_cursor.webhook_connection_id <> excluded.webhook_connection_id""")
                .param("tenant", stream.tenant().value())
                .param("connection", stream.connection().value())
                .param("stream", stream.name())
                .param("provider", stream.provider())
                .param("webhookConnection", webhookConnection.value())
                .update();
    }

    /** The due streams of all tenants; through a definer function. */
    List<Stream> listDue() {
        return jdbc.sql("SELECT tenant_id, connection_id, stream, provider FROM patchbay.due_polls()")
                .query((row, number) -> new Stream(
                        new TenantId(row.getString("tenant_id")),
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("stream"),
                        row.getString("provider")))
                .list();
    }

    /** Empty while another poll holds the stream. */
    Optional<HeldStream> acquire(Stream stream, String holder, Duration lease) {
        return bind("""
                        UPDATE patchbay.poll_cursor
                        SET holder = :holder, held_until = clock_timestamp() + :lease * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND held_until <= clock_timestamp()
                        RETURNING cursor""", stream, holder)
                .param("lease", lease.toMillis())
                .query((row, number) -> new HeldStream(stream, holder, Optional.ofNullable(row.getString("cursor"))))
                .optional();
    }

    /** Moves the cursor and renews the lease; false when the stream is held by another poll. */
    boolean advance(HeldStream heldStream, String cursor, Duration lease) {
        return bind("""
                        UPDATE patchbay.poll_cursor
                        SET cursor = :cursor, held_until = clock_timestamp() + :lease * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND holder = :holder AND held_until > clock_timestamp()""", heldStream.stream(), heldStream.holder())
                        .param("cursor", cursor)
                        .param("lease", lease.toMillis())
                        .update()
                == 1;
    }

    /** @param failure why the stream could not be read to its end; null when it was */
    void release(HeldStream heldStream, @Nullable String failure, Duration dueIn) {
        bind("""
                        UPDATE patchbay.poll_cursor
                        SET held_until = '-infinity', due_at = clock_timestamp() + :due * interval '1 millisecond',
                            failure = :failure,
                            polled_at = CASE WHEN :failure::text IS NULL THEN clock_timestamp() ELSE polled_at END
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND holder = :holder""", heldStream.stream(), heldStream.holder())
                .param("failure", failure)
                .param("due", dueIn.toMillis())
                .update();
    }

    private JdbcClient.StatementSpec bind(String sql, Stream stream, String holder) {
        return jdbc.sql(sql)
                .param("tenant", stream.tenant().value())
                .param("connection", stream.connection().value())
                .param("stream", stream.name())
                .param("holder", holder);
    }
}
