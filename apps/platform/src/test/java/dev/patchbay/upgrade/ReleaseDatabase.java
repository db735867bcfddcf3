package dev.patchbay.upgrade;

import dev.patchbay.postgres.EmbeddedPostgres;
import dev.patchbay.upgrade.ReleaseFixture.Addresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * A database as release 0.1 created it. Roles, owner and migration are repeated here, so that they stay those of that
 * release when the platform's change.
 */
final class ReleaseDatabase {

    private static final String OWNER = "patchbay_owner";
    private static final String PASSWORD = "of the release";

    private final EmbeddedPostgres server;

    ReleaseDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The owner, without superuser rights, and its database. */
    void create() throws SQLException {
        try (var connection = superuser("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + OWNER + " LOGIN NOSUPERUSER CREATEROLE PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE patchbay OWNER " + OWNER + " TEMPLATE template0 ENCODING 'UTF8'");
        }
    }

    /** The release's own migrations, and no later ones. */
    void migrate(ReleaseFixture fixture, Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        for (var migration : fixture.migrations().toList()) {
            Files.copy(ReleaseFixture.migration(migration.getKey()), folder.resolve(migration.getKey()));
        }
        Flyway.configure()
                .dataSource(server.jdbcUrl("patchbay"), OWNER, PASSWORD)
                .schemas("patchbay_history")
                .locations("filesystem:" + folder)
                .outOfOrder(true)
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(server.jdbcUrl("patchbay"), OWNER, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("CALL patchbay.make_partitions(now())");
        }
    }

    /** Fills the tables and shifts their times; triggers and foreign keys are disabled meanwhile, as in a restore. */
    void load(ReleaseFixture fixture, Addresses addresses, Path keyFile)
            throws IOException, SQLException, GeneralSecurityException {
        try (var connection = superuser("patchbay");
                var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("SET timezone = 'UTC'");
            restore(connection, fixture.data(addresses));
            statement.execute(MOVE.replace("{moved}", fixture.moved().toString()));
            new SealedMails(connection, keyFile).move(fixture, addresses);
        }
    }

    private static void restore(Connection connection, String dump) throws IOException, SQLException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        var lines = new BufferedReader(new StringReader(dump));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("COPY ")) {
                copies.copyIn(line, new StringReader(rows(lines)));
            } else if (!line.isEmpty()) {
                try (var statement = connection.createStatement()) {
                    statement.execute(line);
                }
            }
        }
    }

    private static String rows(BufferedReader lines) throws IOException {
        var rows = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.equals("\\."); line = lines.readLine()) {
            rows.append(line).append('\n');
        }
        return rows.toString();
    }

    /** Not those of the audit trail, which its hashes cover, and not those of the appointments. */
    private static final String MOVE = """
            DO $$ DECLARE one record;
            BEGIN
              FOR one IN
                SELECT c.oid::regclass AS name,
                  string_agg(format('%1$I = %1$I + interval %2$L', a.attname, '{moved}'), ', ') AS columns
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE n.nspname = 'patchbay' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND a.atttypid = 'timestamptz'::regtype AND a.attnum > 0 AND NOT a.attisdropped
                  AND (c.relname, a.attname) NOT IN (('audit_entry', 'at'), ('calendar_hold', 'start_at'))
                GROUP BY c.oid
              LOOP
                EXECUTE format('UPDATE %s SET %s', one.name, one.columns);
              END LOOP;
            END $$""";

    /** Versions and checksums that Flyway has recorded, in the format of {@link ReleaseFixture#history()}. */
    List<String> history() throws SQLException {
        var history = new ArrayList<String>();
        try (var connection = superuser("patchbay");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT concat_ws(E'\\t', version, description, type, checksum)
                        FROM patchbay_history.flyway_schema_history WHERE version IS NOT NULL AND success""")) {
            while (rows.next()) {
                history.add(rows.getString(1));
            }
        }
        return history;
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), server.superuser(), server.password());
    }
}
