package dev.patchbay.kernel.database;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;

/**
 * The login that owns the tables. It migrates at start and then stays away; the password of the platform's login is
 * derived from its own, so that every process on the same database agrees on them without a further setting.
 */
public record DatabaseOwner(String url, String user, String password) {

    static final String APP = "patchbay_app";

    /** The operator's server where one is named, else the embedded one, started or adopted. */
    static DatabaseOwner of(DatabaseSettings settings) {
        if (!settings.url().isEmpty()) {
            return new DatabaseOwner(settings.url(), settings.user(), settings.password());
        }
        var server = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(settings.directory(), settings.port(), Duration.ofSeconds(60)));
        return create(server.jdbcUrl("postgres"), server.superuser(), server.password(), "patchbay");
    }

    /** Creates, where missing, an owner without superuser rights and a database of its own. */
    public static DatabaseOwner create(String adminUrl, String superuser, String password, String database) {
        var databaseOwner = new DatabaseOwner(
                adminUrl.replaceFirst("/postgres$", "/" + database),
                "patchbay_owner",
                derive(password, "patchbay_owner"));
        try (var connection = DriverManager.getConnection(adminUrl, superuser, password);
                var statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'patchbay_owner') THEN
                        CREATE ROLE patchbay_owner LOGIN NOSUPERUSER CREATEROLE;
                      END IF;
                    END $$""");
            statement.execute("ALTER ROLE patchbay_owner PASSWORD '" + databaseOwner.password + "'");
            if (!exists(connection, database)) {
                statement.execute(
                        "CREATE DATABASE " + database + " OWNER patchbay_owner TEMPLATE template0 ENCODING 'UTF8'");
            }
        } catch (SQLException refused) {
            throw new IllegalStateException("the database could not be prepared: " + refused.getMessage(), refused);
        }
        return databaseOwner;
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database);
            return query.executeQuery().next();
        }
    }

    /** Brings the schema to this version and lets the platform's own login in. */
    void migrate() {
        Flyway.configure()
                .dataSource(url, user, password)
                .schemas("patchbay_history")
                .locations("classpath:db/migration")
                // Each context counts in a range of its own: a new 1xx comes after an old 2xx.
                .outOfOrder(true)
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + APP + " PASSWORD '" + derive(password, APP) + "'");
            statement.execute("CALL patchbay.make_partitions(now())");
        } catch (SQLException refused) {
            throw new IllegalStateException("the database's login could not be set: " + refused.getMessage(), refused);
        }
    }

    /** Runs statements that only the owner of the tables may, one transaction each: making and dropping partitions. */
    public void maintain(String... statements) {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            // Who waits for such a lock keeps everybody behind it waiting: better the next time.
            statement.execute("SET lock_timeout = '2s'");
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException("the database was not maintained: " + refused.getMessage(), refused);
        }
    }

    String passwordOf(String login) {
        return derive(password, login);
    }

    private static String derive(String password, String login) {
        byte[] derived = Hashing.hmacSha256(Hashing.utf8("patchbay:" + password), Hashing.utf8(login));
        return HexFormat.of().formatHex(derived);
    }

    @Override
    public String toString() {
        return "Owner[" + user + "]";
    }
}
