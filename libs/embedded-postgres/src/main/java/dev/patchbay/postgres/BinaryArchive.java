package dev.patchbay.postgres;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An archive of the server's binaries: a {@code .txz} that can be read more than once. */
@FunctionalInterface
interface BinaryArchive {
    /** The name of the {@code .txz} inside the jars on Maven Central. */
    String ENTRY = "postgres-linux-x86_64.txz";

    InputStream open() throws IOException;

    static BinaryArchive onClassPath() {
        // The binaries are a dependency of this module. They are absent only where a build excludes them.
        return () -> Objects.requireNonNull(BinaryArchive.class.getResourceAsStream("/" + ENTRY), ENTRY);
    }

    /** A {@code .txz}, or a jar that holds one. */
    static BinaryArchive at(Path file) {
        return file.toString().endsWith(".jar") ? () -> insideOf(file) : () -> Files.newInputStream(file);
    }

    private static InputStream insideOf(Path jar) throws IOException {
        var zip = new ZipInputStream(Files.newInputStream(jar));
        ZipEntry entry = zip.getNextEntry();
        while (entry != null && !entry.getName().equals(ENTRY)) {
            entry = zip.getNextEntry();
        }
        if (entry == null) {
            zip.close();
            throw new FileNotFoundException(jar + " holds no " + ENTRY);
        }
        return zip;
    }
}
