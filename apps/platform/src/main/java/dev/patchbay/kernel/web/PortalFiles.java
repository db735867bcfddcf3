package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The files of the exported portal, as its build lists them in {@code manifest.json}. Only listed files are served, so no path
 * of a request reaches the file system.
 */
final class PortalFiles {

    private static final String HTML = ".html";
    private static final String TEXT = ".txt";

    /** The segment of an exported page that stands for any id. */
    private static final String ANY_ID = "_";

    private final Map<String, PortalFile> files;
    private final Source source;

    /** Where the files are: in the jar, or in a directory while somebody works on the portal. */
    private interface Source {
        Resource resolve(String path);
    }

    /**
     * One file of the export.
     *
     * @param path relative to the export, without a leading slash
     * @param type the media type
     * @param etag strong, in quotes
     * @param gzip whether a compressed copy lies beside it, with {@code .gz} added to its name
     * @param scripts hashes of the page's inline scripts, as a Content-Security-Policy writes them
     */
    record PortalFile(String path, String type, String etag, boolean gzip, List<String> scripts) {

        boolean isImmutable() {
            return path.startsWith("_next/static/");
        }
    }

    private record Manifest(List<PortalFile> files) {}

    private PortalFiles(Source source) {
        this.source = source;
        this.files = new TreeMap<>();
        Resource manifest = source.resolve("manifest.json");
        if (manifest.exists()) {
            try (InputStream json = manifest.getInputStream()) {
                Json.MAPPER.readValue(json, Manifest.class).files().forEach(file -> files.put(file.path(), file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("The portal's manifest cannot be read", unreadable);
            }
        }
    }

    /** @param directory null for the files in the jar */
    static PortalFiles load(@Nullable Path directory) {
        return new PortalFiles(
                directory == null
                        ? path -> new ClassPathResource("portal/" + path)
                        : path -> new FileSystemResource(directory.resolve(path)));
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * The file for a request's path: the file itself, the page of that name, or the page that stands for any id.
     *
     * @param path begins with a slash
     */
    Optional<PortalFile> find(String path) {
        String name = path.equals("/") ? "index" : path.substring(1);
        return findNamed(name).or(() -> findWithAnyId(name));
    }

    Optional<PortalFile> findNamed(String name) {
        return Optional.ofNullable(files.get(name)).or(() -> Optional.ofNullable(files.get(name + HTML)));
    }

    /** Replaces one segment after the first by the one that stands for any id; data of a page keeps its ending. */
    private Optional<PortalFile> findWithAnyId(String name) {
        String[] segments = name.split("/", -1);
        for (int position = 1; position < segments.length; position++) {
            String[] candidate = segments.clone();
            boolean data = position == segments.length - 1 && candidate[position].endsWith(TEXT);
            candidate[position] = data ? ANY_ID + TEXT : ANY_ID;
            Optional<PortalFile> file = findNamed(String.join("/", candidate));
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    byte[] read(PortalFile file, boolean compressed) throws IOException {
        return source.resolve(compressed ? file.path() + ".gz" : file.path()).getContentAsByteArray();
    }
}
