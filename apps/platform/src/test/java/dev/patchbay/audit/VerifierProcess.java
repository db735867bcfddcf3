package dev.patchbay.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code docs/security/verify-audit} as an auditor runs it: a process of its own. */
final class VerifierProcess {

    private static final Path PROGRAM = Path.of("..", "..", "docs", "security", "verify-audit");

    private VerifierProcess() {}

    record Verdict(int exit, String output) {}

    static Verdict verify(List<String> lines, String... arguments) {
        return run(String.join("\n", lines) + "\n", arguments);
    }

    static Verdict run(String input, String... arguments) {
        var command = new ArrayList<>(List.of("node", PROGRAM.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Path inputFile = Files.createTempFile(Path.of("target"), "audit", ".ndjson");
            Files.writeString(inputFile, input);
            var process = new ProcessBuilder(command)
                    .redirectInput(inputFile.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            Files.delete(inputFile);
            return new Verdict(exit, said);
        } catch (IOException notRun) {
            throw new UncheckedIOException(notRun);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
