package dev.patchbay.demo;

import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the sandbox is.
 *
 * @param sandboxUrl the address of the sandbox ({@code PATCHBAY_SANDBOX_URL})
 * @param sandboxMailPort the SMTP port of its mailbox ({@code PATCHBAY_SANDBOX_MAIL_PORT})
 * @param sandboxPid the sandbox's process id, set by {@code ./dev up}; 0 when unknown
 * @param sandboxRateLimit how many requests in 10 s a sandboxed account is allowed ({@code PATCHBAY_SANDBOX_RATE_LIMIT});
 *     benchmarks raise it
 */
@ConfigurationProperties("patchbay")
record DemoSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:8080") URI publicUrl,
        @DefaultValue(".patchbay") Path dataDir,
        @DefaultValue("http://127.0.0.1:4010") URI sandboxUrl,
        @DefaultValue("4025") int sandboxMailPort,
        @DefaultValue("0") long sandboxPid,
        @DefaultValue("100") int sandboxRateLimit) {

    /** Requests a day, in proportion to HighLevel's own limits in 10 s and in a day. */
    int sandboxDailyLimit() {
        return 2000 * sandboxRateLimit;
    }
}
