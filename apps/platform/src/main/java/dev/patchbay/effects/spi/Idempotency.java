package dev.patchbay.effects.spi;

/**
 * States how an adapter keeps a repeated request from taking effect twice. Each function has such a statement; the adapter's
 * kit of tests proves it, and {@code docs/providers.md} lists it.
 *
 * @param sentence the provider's behaviour that the adapter relies on, in one sentence
 */
public record Idempotency(Mechanism mechanism, Settle settle, String sentence) {

    /** Names the mechanism that keeps a repeat from taking effect again. */
    public enum Mechanism {
        /** The provider knows our key and absorbs a repeat. */
        PROVIDER_KEY("provider's key"),
        /** A repeat finds the result of the first request, and changes nothing. */
        NATURAL_KEY("same result"),
        /** No mechanism: a repeat takes effect again. The first request has to be looked up before anything is sent again. */
        LOOK_UP("look-up only");

        private final String label;

        Mechanism(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Says how long after the window the provider may still carry a request out, so that "absent" does not count yet. */
    public enum Settle {
        /** The provider needs no time, because a late arrival does no harm. */
        NONE("none"),
        /** The time is as long as requests may linger on the network ({@code patchbay.node.settle}). */
        USUAL("15 s"),
        /** The time is as long as a carrier's lists lag ({@code patchbay.node.sms-settle}). */
        CARRIER("90 s");

        private final String label;

        Settle(String label) {
            this.label = label;
        }

        /** Returns the label of the time with the default settings. */
        public String label() {
            return label;
        }
    }

    /** States that the provider knows our key and absorbs a repeat, however late it arrives. */
    public static Idempotency providerKey(String sentence) {
        return new Idempotency(Mechanism.PROVIDER_KEY, Settle.NONE, sentence);
    }

    /** States that a repeat finds the result of the first request. */
    public static Idempotency naturalKey(Settle settle, String sentence) {
        return new Idempotency(Mechanism.NATURAL_KEY, settle, sentence);
    }

    /** States that a repeat takes effect again, so the first request is looked up before. */
    public static Idempotency lookUp(Settle settle, String sentence) {
        return new Idempotency(Mechanism.LOOK_UP, settle, sentence);
    }
}
