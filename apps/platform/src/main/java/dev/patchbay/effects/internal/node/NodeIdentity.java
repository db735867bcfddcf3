package dev.patchbay.effects.internal.node;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What this process is called among its peers on one database. Where the settings name nothing, a file of the data
 * directory does, which this process alone holds locked: a lock ends with its process, however that ends, so a restart
 * finds its name again and its runs with it, and two processes never share one.
 */
@Component
class NodeIdentity implements DisposableBean {

    private static final int MOST_PROCESSES = 64;

    private final String text;
    private final @Nullable FileChannel held;

    NodeIdentity(NodeSettings node, Settings settings) {
        if (!node.id().isEmpty()) {
            this.text = node.id();
            this.held = null;
            return;
        }
        try {
            this.held = firstFree(Files.createDirectories(settings.dataDir().resolve("nodes")));
            this.text = named(held);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static FileChannel firstFree(Path directory) throws IOException {
        for (int number = 1; number <= MOST_PROCESSES; number++) {
            var file = FileChannel.open(
                    directory.resolve(String.valueOf(number)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (locked(file)) {
                return file;
            }
            file.close();
        }
        throw new IllegalStateException(MOST_PROCESSES + " processes share one data directory; give this one another");
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisVeryProcess) {
            return false;
        }
    }

    private static String named(FileChannel file) throws IOException {
        var content = ByteBuffer.allocate(64);
        file.read(content, 0);
        if (content.position() > 0) {
            return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        }
        String fresh = "node-" + UUID.randomUUID().toString().substring(0, 13);
        file.write(ByteBuffer.wrap(Hashing.utf8(fresh)), 0);
        file.force(true);
        return fresh;
    }

    String text() {
        return text;
    }

    @Override
    public void destroy() throws IOException {
        if (held != null) {
            held.close();
        }
    }
}
