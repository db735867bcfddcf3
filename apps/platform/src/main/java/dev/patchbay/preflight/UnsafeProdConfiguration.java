package dev.patchbay.preflight;

import java.util.List;

/** The platform does not start: everything that has to be put right first, a sentence each. */
final class UnsafeProdConfiguration extends RuntimeException {

    UnsafeProdConfiguration(List<String> problems) {
        super("This is prod (PATCHBAY_ENVIRONMENT), and it does not start like this:\n- "
                + String.join("\n- ", problems));
    }
}
