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

class ServerUserTests {
    @TempDir
    Path directory;

    @Test
    void anOrdinaryUserRunsTheServer() {
        assertThat(ServerUser.choose(false, command -> false)).isEqualTo(ServerUser.CURRENT);
    }

    @Test
    void rootPrefersAUserNamespaceAndFallsBackToTheUserNobody() {
        assertThat(ServerUser.choose(true, command -> true)).isEqualTo(ServerUser.USER_NAMESPACE);
        assertThat(ServerUser.choose(true, command -> command.contains("setpriv")))
                .isEqualTo(ServerUser.NOBODY);
    }

    @Test
    void aFailureForRootSaysWhatToDo() {
        assertThatThrownBy(() -> ServerUser.choose(true, command -> false))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("PATCHBAY_DB_URL");
    }

    @Test
    void onlyTheUserNobodyTakesOwnershipOfTheDirectory() throws Exception {
        ServerUser.CURRENT.takeOwnership(directory);
        assertThat(Files.getAttribute(directory, "unix:uid"))
                .isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        ServerUser.NOBODY.takeOwnership(directory);
        assertThat(ServerUser.NOBODY.wrap(List.of("true")))
                .startsWith("setpriv")
                .endsWith("true");
    }

    @Test
    void theUserNobodyRunsTheServerOfRoot() throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        Path home = directory.toRealPath();
        var cluster = new Cluster(home, Duration.ofSeconds(60), ServerUser.NOBODY);

        var server = new EmbeddedPostgres(cluster.startOrAdopt(BinaryArchive.onClassPath(), 0));

        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(server.pid())), "unix:uid"))
                .isEqualTo(65534);
        assertThat(cluster.findRunning()).isPresent();
        server.stop();
    }
}
