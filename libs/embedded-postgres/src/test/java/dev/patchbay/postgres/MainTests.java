package dev.patchbay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {
    @TempDir
    Path directory;

    @Test
    void startAndStopControlTheServerOfTheDirectory() throws Exception {
        Main.main(new String[] {"start", directory.toString()});
        Main.main(new String[] {"start", directory.toString(), "5433"});
        Postmaster running = Postmaster.read(directory.resolve("data")).orElseThrow();
        assertThat(running.isAlive()).isTrue();

        Main.main(new String[] {"stop", directory.toString()});

        assertThat(running.isAlive()).isFalse();
        assertThat(Main.stop(directory)).isEqualTo("PostgreSQL was not running");
        assertThat(Main.stop(directory.resolve("absent"))).startsWith("No PostgreSQL under");
    }

    @Test
    void missingArgumentsShowTheUsage() {
        assertThatThrownBy(() -> Main.main(new String[0])).hasMessageContaining("stop <directory>");
    }
}
