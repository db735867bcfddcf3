package dev.patchbay.effects;

import dev.patchbay.kernel.RunId;

/** Wants an effect, and owns its part of the effect keys. */
public sealed interface EffectOrigin {

    /** A run of a flow. */
    record Run(RunId id) implements EffectOrigin {
        @Override
        public String text() {
            return id.value();
        }
    }

    /**
     * A function that an agent called during a phone call.
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
     * The release of a held time that was not booked.
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

    /** As stored: {@code run_…}, {@code live:<call id>} or {@code hold:<hold id>}. */
    String text();

    static EffectOrigin of(String text) {
        if (text.startsWith(LiveCall.PREFIX)) {
            return new LiveCall(text.substring(LiveCall.PREFIX.length()));
        }
        return text.startsWith(Hold.PREFIX) ? new Hold(text.substring(Hold.PREFIX.length())) : new Run(new RunId(text));
    }
}
