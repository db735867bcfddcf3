package dev.patchbay.flowlanguage.source;

/** The text cannot be parsed: it is not one YAML or JSON document within the limits. */
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

    /** JSON pointer to the value, empty for the whole file. */
    public String path() {
        return path;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Stable and machine-readable, such as {@code duplicate_key}. */
    public String code() {
        return code;
    }

    /** One sentence for the flow's author. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
