package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.postgres.EmbeddedPostgres;
import dev.patchbay.testing.World;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerTests {

    @Test
    void migratesPostgres15AsAnOwnerWithoutSuperuser(@TempDir Path directory) throws Exception {
        var archive = Path.of("target", "postgres-15.jar");
        var server = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(directory, 5615, Duration.ofSeconds(60)), archive);
        try {
            var owner = Owner.create(server.jdbcUrl("postgres"), server.superuser(), server.password(), "fifteen");

            owner.migrate();
            owner.migrate();

            try (var app = DriverManager.getConnection(owner.url(), Owner.APP, owner.passwordOf(Owner.APP));
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
    void saysWhatTheServerSaidWhenItRefuses() {
        assertThatThrownBy(() -> Owner.create(World.POSTGRES.jdbcUrl("postgres"), "postgres", "wrong", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() -> new Owner(World.POSTGRES.jdbcUrl("nowhere"), "postgres", "wrong").migrate())
                .isInstanceOf(Exception.class);
    }

    @Test
    void anOperatorsServerIsTakenAsNamed() {
        var settings = new DatabaseSettings("jdbc:postgresql://db/patchbay", "owner", "secret", Path.of("x"), 1, 1);

        assertThat(Owner.of(settings)).isEqualTo(new Owner("jdbc:postgresql://db/patchbay", "owner", "secret"));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(Owner.of(settings).toString()).doesNotContain("secret");
    }
}
