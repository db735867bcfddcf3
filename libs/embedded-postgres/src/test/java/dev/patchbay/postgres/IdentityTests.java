package dev.patchbay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTests {
    @TempDir
    Path directory;

    @Test
    void anOrdinaryUserRunsTheServerHimself() {
        assertThat(Identity.choose(false, command -> false)).isEqualTo(Identity.SELF);
    }

    @Test
    void rootPrefersAUserNamespaceAndFallsBackToNobody() {
        assertThat(Identity.choose(true, command -> true)).isEqualTo(Identity.NAMESPACE);
        assertThat(Identity.choose(true, command -> command.contains("setpriv")))
                .isEqualTo(Identity.NOBODY);
    }

    @Test
    void rootWithoutEitherIsToldWhatToDo() {
        assertThatThrownBy(() -> Identity.choose(true, command -> false))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("PATCHBAY_DB_URL");
    }

    @Test
    void aDirectoryIsHandedOnlyToTheOneWhoNeedsIt() throws Exception {
        Identity.SELF.own(directory);
        assertThat(Files.getAttribute(directory, "unix:uid"))
                .isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Identity.NOBODY.own(directory);
        assertThat(Identity.NOBODY.before(List.of("true")))
                .startsWith("setpriv")
                .endsWith("true");
    }

    @Test
    void nobodyCanServeWhatRootHandsOver() throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        Path home = directory.toRealPath();
        var cluster = new Cluster(home, Duration.ofSeconds(60), Identity.NOBODY);

        EmbeddedPostgres server = cluster.startOrAdopt(Archive.onClassPath(), 0);

        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(server.pid())), "unix:uid"))
                .isEqualTo(65534);
        assertThat(cluster.running()).isPresent();
        server.stop();
    }
}
