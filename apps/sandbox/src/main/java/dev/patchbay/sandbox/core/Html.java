package dev.patchbay.sandbox.core;

/** Escapes text for HTML. */
public final class Html {

    private Html() {}

    /** Escapes for element content and for attribute values in double quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
