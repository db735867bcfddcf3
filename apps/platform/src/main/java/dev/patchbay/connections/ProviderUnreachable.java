package dev.patchbay.connections;

/** The connection could not be made ready just now; trying again later may help. */
public class ProviderUnreachable extends RuntimeException {

    public ProviderUnreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
