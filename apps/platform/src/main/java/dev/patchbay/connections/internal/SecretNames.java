package dev.patchbay.connections.internal;

/** The names under which a connection's secrets are stored. */
final class SecretNames {

    static final String ACCESS_TOKEN = "access_token";
    static final String REFRESH_TOKEN = "refresh_token";
    static final String CLIENT_ID = "client_id";
    static final String CLIENT_SECRET = "client_secret";

    /** The random part of the webhook address, stored so that the address can be shown. */
    static final String INGRESS_KEY = "ingress_key";

    /** Suffix of a secret that is accepted beside the one it will replace, or has replaced. */
    static final String NEXT = ".next";

    private SecretNames() {}

    /** Secrets that no person entered, which views therefore leave out. */
    static String[] internal() {
        return new String[] {INGRESS_KEY, ACCESS_TOKEN};
    }
}
