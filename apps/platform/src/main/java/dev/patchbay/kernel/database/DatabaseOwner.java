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
 * The login that owns the tables. It migrates the schema at start and maintains partitions; requests never use it. The password
 * of the login {@code patchbay_app} is derived from the owner's, so that processes on the same database need no other setting.
 */
public record DatabaseOwner(String url, String user, String password) {

    static final String APP = "patchbay_app";

    /**
     * Returns the owner on the operator's server when one is configured, or else on the embedded server, which is started or
     * adopted.
     */
    static DatabaseOwner of(DatabaseSettings settings) {
        if (!settings.url().isEmpty()) {
            return new DatabaseOwner(settings.url(), settings.user(), settings.password());
        }
        var server = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(settings.directory(), settings.port(), Duration.ofSeconds(60)));
        return create(server.jdbcUrl("postgres"), server.superuser(), server.password(), "patchbay");
    }

    /** Creates an owner without superuser rights and its database, unless they exist. */
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
            throw new IllegalStateException(
                    "the database and its owner could not be created: " + refused.getMessage(), refused);
        }
        return databaseOwner;
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database);
            return query.executeQuery().next();
        }
    }

    /** Migrates the schema to this version, adds bounds to new columns, and sets the password of {@code patchbay_app}. */
    void migrate() {
        Flyway.configure()
                .dataSource(url, user, password)
                .schemas("patchbay_history")
                .locations("classpath:db/migration")
                // Each context numbers its migrations in a range of its own, so a new 1xx comes after an old 2xx.
                .outOfOrder(true)
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + APP + " PASSWORD '" + derive(password, APP) + "'");
            statement.execute("CALL patchbay.bound_columns()");
            statement.execute("CALL patchbay.make_partitions(now())");
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "the login of the application could not be set up: " + refused.getMessage(), refused);
        }
    }

    /**
     * Runs statements that only the owner may run, such as creating and dropping partitions, each in a transaction of its own.
     */
    public void maintain(String... statements) {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            // A statement that waits for a table lock blocks every later one. It is better to fail and to try
            // again later.
            statement.execute("SET lock_timeout = '2s'");
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException("the maintenance of the database failed: " + refused.getMessage(), refused);
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
        return "DatabaseOwner[" + user + "]";
    }
}
