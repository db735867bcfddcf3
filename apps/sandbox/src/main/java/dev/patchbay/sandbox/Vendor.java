package dev.patchbay.sandbox;

import java.util.List;

/** A provider that the sandbox stands in for. */
interface Vendor {

    /** The first segment of its paths and its name in faults, logs and state. */
    String name();

    List<Route> routes();

    /** A failure in the vendor's own shape. */
    Answer problem(int status, String message);

    /** Where its request attempts are written down. */
    Shelf log();
}
