package dev.patchbay;

import java.io.IOException;
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
        Commands.run(
                arguments, System.out, System::exit, () -> SpringApplication.run(PatchbayApplication.class, arguments));
    }
}
