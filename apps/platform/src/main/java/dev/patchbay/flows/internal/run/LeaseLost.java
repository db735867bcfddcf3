package dev.patchbay.flows.internal.run;

/** Somebody else has the run now: a peer that thought this process dead, or a person who paused or cancelled it. */
final class LeaseLost extends RuntimeException {

    LeaseLost() {
        super("the run is somebody else's", null, false, false);
    }
}
