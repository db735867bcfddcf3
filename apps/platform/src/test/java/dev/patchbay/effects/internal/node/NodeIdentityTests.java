package dev.patchbay.effects.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTests {

    @TempDir
    private Path directory;

    @Test
    void aRestartKeepsTheIdAndTwoProcessesNeverShareOne() throws IOException {
        var first = identity("", directory);
        var second = identity("", directory);
        assertThat(first.nodeId()).startsWith("node-").isNotEqualTo(second.nodeId());

        first.destroy();
        var again = identity("", directory);

        assertThat(again.nodeId()).isEqualTo(first.nodeId());
        again.destroy();
        second.destroy();
    }

    @Test
    void aConfiguredIdNeedsNoDataDirectory() throws IOException {
        var named = identity("worker-7", directory.resolve("never-made"));

        assertThat(named.nodeId()).isEqualTo("worker-7");
        named.destroy();
        assertThat(directory.resolve("never-made")).doesNotExist();
    }

    @Test
    void anUnwritableDataDirectoryIsAnError() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> identity("", file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void tooManyProcessesInOneDirectoryAreRefused() throws IOException {
        List<NodeIdentity> names = new ArrayList<>();
        for (int process = 0; process < 64; process++) {
            names.add(identity("", directory));
        }

        assertThatThrownBy(() -> identity("", directory)).hasMessageContaining("give this one another");
        for (var each : names) {
            each.destroy();
        }
    }

    private static NodeIdentity identity(String id, Path data) {
        var second = Duration.ofSeconds(1);
        return new NodeIdentity(
                new NodeSettings(id, second, second, second, second, second, second, 1),
                new Settings(Environment.DEV, URI.create("http://127.0.0.1"), data, Set.of()));
    }
}
