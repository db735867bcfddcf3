package dev.patchbay;

import dev.patchbay.connections.KeyFile;
import dev.patchbay.flags.FlagCases;
import dev.patchbay.prompts.PromptsCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** Starts Patchbay: one process that takes webhooks in, runs flows and answers the API. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Patchbay", sharedModules = "kernel")
public class PatchbayApplication {

    static void main(String[] arguments) throws IOException, GeneralSecurityException {
        if (arguments.length == 3 && arguments[0].equals("keys")) {
            System.out.println(KeyFile.run(arguments[1], Path.of(arguments[2])));
            return;
        }
        if (arguments.length == 3 && arguments[0].equals("flags") && arguments[1].equals("evaluate")) {
            System.out.println(FlagCases.run(Path.of(arguments[2])).toPrettyString());
            return;
        }
        if (arguments.length == 3 && arguments[0].equals("prompts")) {
            if (!PromptsCommand.run(arguments[1], Path.of(arguments[2]), System.out)) {
                System.exit(1);
            }
            return;
        }
        SpringApplication.run(PatchbayApplication.class, arguments);
    }
}
