package dev.patchbay.connections;

/** A person has to mend the connection first; the message says how, in one sentence. */
public class ConnectionUnusable extends RuntimeException {

    public ConnectionUnusable(String sentence) {
        super(sentence);
    }
}
