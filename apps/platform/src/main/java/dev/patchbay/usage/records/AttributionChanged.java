package dev.patchbay.usage.records;

/** A source was mapped to another client while its usage was being written: the batch was rolled back and is to be repeated. */
public class AttributionChanged extends RuntimeException {

    AttributionChanged() {
        super("a source was mapped while its usage was being written");
    }
}
