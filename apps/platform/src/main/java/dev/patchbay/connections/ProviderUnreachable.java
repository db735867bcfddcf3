package dev.patchbay.connections;

/** The provider could not be asked for an access token; a later attempt may succeed. */
public class ProviderUnreachable extends RuntimeException {

    public ProviderUnreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
