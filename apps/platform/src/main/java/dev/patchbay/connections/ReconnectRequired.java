package dev.patchbay.connections;

/** A person has to mend the connection first; the message says how, in one sentence. */
public class ReconnectRequired extends RuntimeException {

    public ReconnectRequired(String sentence) {
        super(sentence);
    }
}
