package dev.patchbay.ingress.internal.poll;

import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code poll_cursor}: how far each stream was read, and by whom it is being read. */
@Repository
class PollCursorRepository {

    private final JdbcClient jdbc;

    PollCursorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A stream of a connection. */
    record Stream(TenantId tenant, String connectionId, String name, String provider) {}

    /** @param holder names this reading; a later one makes it void */
    record Held(Stream stream, String holder, Optional<String> cursor) {}

    /** A stream that is new is due at once. */
    void know(Stream stream, String factsOf) {
        jdbc.sql("""
                        INSERT INTO patchbay.poll_cursor (tenant_id, connection_id, stream, provider, facts_of, due_at)
                        VALUES (:tenant, :connection, :stream, :provider, :factsOf, clock_timestamp())
                        ON CONFLICT (tenant_id, connection_id, stream) DO UPDATE SET facts_of = excluded.facts_of
                        WHERE poll_cursor.facts_of <> excluded.facts_of""")
                .param("tenant", stream.tenant().value())
                .param("connection", stream.connectionId())
                .param("stream", stream.name())
                .param("provider", stream.provider())
                .param("factsOf", factsOf)
                .update();
    }

    /** Through a door: of every tenant. */
    List<Stream> due() {
        return jdbc.sql("SELECT tenant_id, connection_id, stream, provider FROM patchbay.due_polls()")
                .query((row, number) -> new Stream(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("connection_id"),
                        row.getString("stream"),
                        row.getString("provider")))
                .list();
    }

    /** Empty when another process holds it. */
    Optional<Held> hold(Stream stream, String holder, Duration lease) {
        return at("""
                        UPDATE patchbay.poll_cursor
                        SET holder = :holder, held_until = clock_timestamp() + :lease * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND held_until <= clock_timestamp()
                        RETURNING cursor""", stream, holder)
                .param("lease", lease.toMillis())
                .query((row, number) -> new Held(stream, holder, Optional.ofNullable(row.getString("cursor"))))
                .optional();
    }

    /** Whether it still was ours to move. */
    boolean advance(Held held, String cursor, Duration lease) {
        return at("""
                        UPDATE patchbay.poll_cursor
                        SET cursor = :cursor, held_until = clock_timestamp() + :lease * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND holder = :holder AND held_until > clock_timestamp()""", held.stream(), held.holder())
                        .param("cursor", cursor)
                        .param("lease", lease.toMillis())
                        .update()
                == 1;
    }

    /** @param failure why it could not be read to its end; null when it was */
    void release(Held held, @Nullable String failure, Duration dueIn) {
        at("""
                        UPDATE patchbay.poll_cursor
                        SET held_until = '-infinity', due_at = clock_timestamp() + :due * interval '1 millisecond',
                            failure = :failure,
                            polled_at = CASE WHEN :failure::text IS NULL THEN clock_timestamp() ELSE polled_at END
                        WHERE tenant_id = :tenant AND connection_id = :connection AND stream = :stream
                          AND holder = :holder""", held.stream(), held.holder())
                .param("failure", failure)
                .param("due", dueIn.toMillis())
                .update();
    }

    private JdbcClient.StatementSpec at(String sql, Stream stream, String holder) {
        return jdbc.sql(sql)
                .param("tenant", stream.tenant().value())
                .param("connection", stream.connectionId())
                .param("stream", stream.name())
                .param("holder", holder);
    }
}
