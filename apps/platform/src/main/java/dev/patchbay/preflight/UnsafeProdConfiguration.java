package dev.patchbay.preflight;

import java.util.List;

/** The platform refuses to start in prod; the message lists every problem. */
final class UnsafeProdConfiguration extends RuntimeException {

    UnsafeProdConfiguration(List<String> problems) {
        super("This is prod (PATCHBAY_ENVIRONMENT), and it does not start with this configuration:\n- "
                + String.join("\n- ", problems));
    }
}
