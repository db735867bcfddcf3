package dev.patchbay.effects;

import dev.patchbay.kernel.RunId;

/** Identifies the run, live call, hold or notice that causes an effect. The keys of its effects begin with its text. */
public sealed interface EffectOrigin {

    /** Identifies a run of a flow. */
    record Run(RunId id) implements EffectOrigin {
        @Override
        public String text() {
            return id.value();
        }
    }

    /**
     * Identifies a function that an agent called during a phone call.
     *
     * @param callId the voice provider's id of the call
     */
    record LiveCall(String callId) implements EffectOrigin {
        private static final String PREFIX = "live:";

        @Override
        public String text() {
            return PREFIX + callId;
        }
    }

    /**
     * Identifies the release of a held time that was not booked.
     *
     * @param holdId the calendar's id of the hold
     */
    record Hold(String holdId) implements EffectOrigin {
        private static final String PREFIX = "hold:";

        @Override
        public String text() {
            return PREFIX + holdId;
        }
    }

    /**
     * A text to a user of the platform.
     *
     * @param id the id of the delivery, or of the code that confirms a number
     */
    record Notice(String id) implements EffectOrigin {
        private static final String PREFIX = "notice:";

        @Override
        public String text() {
            return PREFIX + id;
        }
    }

    /** Returns the stored form: {@code run_…}, {@code live:<call id>}, {@code hold:<hold id>} or {@code notice:<id>}. */
    String text();

    /**
     * Parses an origin as {@link #text} writes it.
     *
     * @throws IllegalArgumentException when the text cannot be an id of a run and has no other form
     */
    static EffectOrigin of(String text) {
        if (text.startsWith(LiveCall.PREFIX)) {
            return new LiveCall(text.substring(LiveCall.PREFIX.length()));
        }
        if (text.startsWith(Notice.PREFIX)) {
            return new Notice(text.substring(Notice.PREFIX.length()));
        }
        return text.startsWith(Hold.PREFIX) ? new Hold(text.substring(Hold.PREFIX.length())) : new Run(new RunId(text));
    }
}
