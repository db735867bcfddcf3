package dev.patchbay.flows.run;

/** The run's lease is held by a peer that thought this process dead, or a person paused, cancelled or answered it. */
final class LeaseLost extends RuntimeException {

    LeaseLost() {
        super("the lease of the run is lost", null, false, false);
    }
}
