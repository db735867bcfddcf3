package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.EffectKey;

/** The origins of effects that no run wants: {@code live:<call id>} and {@code hold:<hold id>}. */
final class LiveOrigins {

    private static final String LIVE = "live:";
    private static final String HOLD = "hold:";

    private LiveOrigins() {}

    static String ofCall(String callId) {
        return LIVE + callId;
    }

    /** Empty text when the effect releases a hold. */
    static String callIdOf(EffectKey key) {
        return key.runId().startsWith(LIVE) ? key.runId().substring(LIVE.length()) : "";
    }

    static boolean isHoldRelease(EffectKey key) {
        return key.runId().startsWith(HOLD);
    }
}
