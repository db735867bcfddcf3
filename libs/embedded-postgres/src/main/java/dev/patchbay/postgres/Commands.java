package dev.patchbay.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs other programs, with English messages and an empty standard input. */
final class Commands {
    /** The exit status of a program, and its standard output and standard error. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    private Commands() {}

    /** Runs a program to its end. A program that does not exist has the status 127, as in a shell. */
    static Result run(List<String> command) {
        try {
            Process process = builder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), text);
            }
        } catch (IOException e) {
            return new Result(127, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresFailure("Interrupted while running " + command.getFirst(), e);
        }
    }

    /** Starts a program that outlives this process. Its output is appended to the log. */
    static Process launch(List<String> command, Path log) throws IOException {
        return builder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }
}
