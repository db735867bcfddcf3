package dev.patchbay.connections;

/** The connection cannot be used until a person mends it; the message says how, in one sentence. */
public class ReconnectRequired extends RuntimeException {

    public ReconnectRequired(String sentence) {
        super(sentence);
    }
}
