package dev.patchbay.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lines that a log may meet: {@code secret | line that holds it}, and lines that must stay as they are. */
public final class RedactionCorpus {

    /** A line, and the part of it that must be redacted. */
    public record Secret(String secret, String text) {}

    private RedactionCorpus() {}

    public static List<Secret> mustHide() {
        return lines("must-hide.txt").stream()
                .map(line -> line.split(" \\| ", 2))
                .map(parts -> new Secret(parts[0], parts[1]))
                .toList();
    }

    public static List<String> mustKeep() {
        return lines("must-keep.txt");
    }

    private static List<String> lines(String name) {
        try {
            return Files.readAllLines(Path.of("src/test/resources/redaction", name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
