package dev.patchbay;

import dev.patchbay.connections.KeyFile;
import dev.patchbay.flags.FlagCases;
import dev.patchbay.prompts.PromptsCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.IntConsumer;

/**
 * The command line: {@code keys <command> <file>}, {@code flags evaluate <file>} and {@code prompts <command> <file>} run by
 * themselves; everything else starts the platform.
 */
final class Commands {

    private Commands() {}

    /**
     * Runs the command, or the platform.
     *
     * @param out takes the command's results
     * @param exit takes the status of a command that failed; it is not called after one that succeeded
     */
    static void run(String[] arguments, PrintStream out, IntConsumer exit, Runnable platform)
            throws IOException, GeneralSecurityException {
        String command = arguments.length == 3 ? arguments[0] : "";
        if (command.equals("keys")) {
            out.println(KeyFile.run(arguments[1], Path.of(arguments[2])));
        } else if (command.equals("flags") && arguments[1].equals("evaluate")) {
            out.println(FlagCases.run(Path.of(arguments[2])).toPrettyString());
        } else if (command.equals("prompts")) {
            if (!PromptsCommand.run(arguments[1], Path.of(arguments[2]), out)) {
                exit.accept(1);
            }
        } else {
            platform.run();
        }
    }
}
