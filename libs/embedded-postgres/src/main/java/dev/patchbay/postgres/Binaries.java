package dev.patchbay.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once for each version into a directory that is named by the archive's digest. */
record Binaries(Path directory) {

    /** Unpacks the archive unless that is done. The caller holds the lock of {@code cache}; a directory with its final name is complete. */
    static Binaries unpack(BinaryArchive archive, Path cache) {
        try {
            Path complete = cache.resolve(digest(archive));
            if (!Files.isDirectory(complete)) {
                Path partial = cache.resolve("unpacking");
                delete(partial);
                extract(archive, Files.createDirectories(partial));
                Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Binaries(complete);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new EmbeddedPostgresFailure(
                    "The PostgreSQL binaries could not be unpacked to " + cache
                            + ". Check that the disk has space and that this user may write there.",
                    e);
        }
    }

    /** The path of a program such as {@code initdb}. */
    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    /** Deletes the tree, if it exists. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void extract(BinaryArchive archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.open())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive has an entry outside its root: " + entry.getName());
                }
                write(entry, tar, path);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
        }
    }

    private static String digest(BinaryArchive archive) throws IOException, NoSuchAlgorithmException {
        try (var in = new DigestInputStream(archive.open(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        }
    }
}
