package dev.patchbay.flowlanguage.source;

/** The text is not a JSON tree that may be looked at further. */
public final class SourceRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final int line;
    private final String code;

    SourceRejected(String path, int line, String code, String sentence) {
        super(sentence);
        this.path = path;
        this.line = line;
        this.code = code;
    }

    public String path() {
        return path;
    }

    public int line() {
        return line;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
