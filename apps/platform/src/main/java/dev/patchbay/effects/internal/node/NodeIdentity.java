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
 * This process's id among its peers on one database. Without a configured id, a file of the data directory holds it, which
 * the process keeps locked. The lock ends with the process, so a restart finds its id and its runs again, and two processes
 * never share one.
 */
@Component
class NodeIdentity implements DisposableBean {

    private static final int MAX_PROCESSES = 64;

    private final String nodeId;
    private final @Nullable FileChannel lockedFile;

    NodeIdentity(NodeSettings node, Settings settings) {
        if (!node.id().isEmpty()) {
            this.nodeId = node.id();
            this.lockedFile = null;
            return;
        }
        try {
            this.lockedFile =
                    lockFirstFree(Files.createDirectories(settings.dataDir().resolve("nodes")));
            this.nodeId = readOrCreate(lockedFile);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static FileChannel lockFirstFree(Path directory) throws IOException {
        for (int number = 1; number <= MAX_PROCESSES; number++) {
            var file = FileChannel.open(
                    directory.resolve(String.valueOf(number)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (tryLock(file)) {
                return file;
            }
            file.close();
        }
        throw new IllegalStateException(MAX_PROCESSES + " processes share one data directory; give this one another");
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException lockedByThisProcess) {
            return false;
        }
    }

    private static String readOrCreate(FileChannel file) throws IOException {
        var content = ByteBuffer.allocate(64);
        file.read(content, 0);
        if (content.position() > 0) {
            return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        }
        String created = "node-" + UUID.randomUUID().toString().substring(0, 13);
        file.write(ByteBuffer.wrap(Hashing.utf8(created)), 0);
        file.force(true);
        return created;
    }

    String nodeId() {
        return nodeId;
    }

    @Override
    public void destroy() throws IOException {
        if (lockedFile != null) {
            lockedFile.close();
        }
    }
}
