package dev.patchbay.ingress;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The state of a stored event's dispatch to its consumers. {@link #mayBecome} is the only definition of the allowed
 * transitions.
 */
public enum EventStatus {
    /** Its client is unknown; it waits until its agent, number, location or customer is mapped. */
    UNATTRIBUTED,
    /** Stored; due for its consumers now or later. */
    READY,
    /** A worker is handing it to its consumers, until its claim expires. */
    CLAIMED,
    /** Every consumer has taken it. */
    DONE,
    /** A consumer failed on every attempt; a person has to look. */
    FAILED;

    /** Whether the status may follow this one; a status never follows itself, but an expired claim may be claimed again. */
    public boolean mayBecome(EventStatus next) {
        return successors().contains(next);
    }

    private Set<EventStatus> successors() {
        return switch (this) {
            // An erasure marks events done that are never dispatched.
            case UNATTRIBUTED -> EnumSet.of(READY, DONE);
            case READY -> EnumSet.of(CLAIMED);
            case CLAIMED -> EnumSet.of(CLAIMED, READY, DONE, FAILED);
            // A replay.
            case DONE -> EnumSet.of(READY);
            case FAILED -> EnumSet.of(READY, DONE);
        };
    }

    /** Whether a replay may hand such an event out again. */
    public boolean isReplayable() {
        return this == DONE || this == FAILED;
    }

    /** As the API writes it, for example {@code unattributed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
