package dev.patchbay.kernel;

/** Connects everything that was caused by one call or request: event, run, step, outgoing request, log line and audit entry. */
public record CorrelationId(String value) {

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    public CorrelationId {
        Ids.requireWellFormed(value);
    }

    /**
     * Returns the correlation id of a call or chat that has an id at its provider. It is derived from that id, so its webhooks,
     * polls and live functions get the same one without a look-up, in whatever order they arrive.
     *
     * @param provider the provider's name, for example {@code retell}
     * @param conversation the provider's id of the call or chat
     */
    public static CorrelationId ofConversation(String provider, String conversation) {
        byte[] digest = Hashing.sha256(Hashing.utf8(provider + "/" + conversation));
        var text = new StringBuilder("cor_");
        for (int octet = 0; octet < LENGTH; octet++) {
            text.append(ALPHABET[digest[octet] & 31]);
        }
        return new CorrelationId(text.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
