package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.postgres.EmbeddedPostgres;
import dev.patchbay.testing.TestEnvironment;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOwnerTests {

    @Test
    void migratesPostgres15AsAnOwnerWithoutSuperuser(@TempDir Path directory) throws Exception {
        var archive = Path.of("target", "postgres-15.jar");
        var server = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(directory, 5615, Duration.ofSeconds(60)), archive);
        try {
            var databaseOwner =
                    DatabaseOwner.create(server.jdbcUrl("postgres"), server.superuser(), server.password(), "fifteen");

            databaseOwner.migrate();
            databaseOwner.migrate();

            try (var app = DriverManager.getConnection(
                            databaseOwner.url(), DatabaseOwner.APP, databaseOwner.passwordOf(DatabaseOwner.APP));
                    var rows = app.createStatement()
                            .executeQuery(
                                    "SELECT count(*), current_setting('server_version_num')::int FROM patchbay.client")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
                assertThat(rows.getInt(2)).isBetween(150_000, 159_999);
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void theServersErrorIsReported() {
        assertThatThrownBy(() ->
                        DatabaseOwner.create(TestEnvironment.POSTGRES.jdbcUrl("postgres"), "postgres", "wrong", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() ->
                        new DatabaseOwner(TestEnvironment.POSTGRES.jdbcUrl("nowhere"), "postgres", "wrong").migrate())
                .isInstanceOf(Exception.class);
    }

    @Test
    void theOperatorsServerIsUsedAsConfigured() {
        var settings = new DatabaseSettings("jdbc:postgresql://db/patchbay", "owner", "secret", Path.of("x"), 1, 1);

        assertThat(DatabaseOwner.of(settings))
                .isEqualTo(new DatabaseOwner("jdbc:postgresql://db/patchbay", "owner", "secret"));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(DatabaseOwner.of(settings).toString()).doesNotContain("secret");
    }
}
