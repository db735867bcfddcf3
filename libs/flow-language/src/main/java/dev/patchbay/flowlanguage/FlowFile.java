package dev.patchbay.flowlanguage;

/** A flow file, YAML or JSON: the front door of the flow language. */
public final class FlowFile {

    private FlowFile() {}

    /** Reads and checks the text. Whatever the text holds, the answer is a reading; nothing is thrown. */
    public static FlowReading read(String text, FunctionCatalogue functions) {
        throw new UnsupportedOperationException();
    }
}
