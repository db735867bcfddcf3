package dev.patchbay.effects.spi;

/**
 * How an adapter makes one outward act happen once although it may be sent twice. Stated for each function, proved by the
 * adapter's kit of tests, listed in {@code docs/providers.md}.
 *
 * @param sentence what the adapter relies on, in one sentence
 */
public record Idempotency(Way way, Settle settle, String sentence) {

    /** What keeps a repeat from acting again. */
    public enum Way {
        /** The provider knows our key and absorbs a repeat. */
        PROVIDER_KEY("provider's key"),
        /** A repeat meets what the first one left, and changes nothing. */
        NATURAL_KEY("same result"),
        /** Nothing: a repeat acts again. It can only be found before anything is sent again. */
        LOOK_UP("look-up only");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String words() {
            return words;
        }
    }

    /** How long after the window to act the provider may still carry a request out, so that "absent" is not believed yet. */
    public enum Settle {
        /** A late arrival does no harm. */
        NONE("none"),
        /** As long as requests may linger on the way ({@code patchbay.node.settle}). */
        USUAL("15 s"),
        /** As long as a carrier's lists lag ({@code patchbay.node.sms-settle}). */
        CARRIER("90 s");

        private final String words;

        Settle(String words) {
            this.words = words;
        }

        /** As people read it, with the usual settings. */
        public String words() {
            return words;
        }
    }

    public static Idempotency providerKey(String sentence) {
        return new Idempotency(Way.PROVIDER_KEY, Settle.NONE, sentence);
    }

    public static Idempotency naturalKey(Settle settle, String sentence) {
        return new Idempotency(Way.NATURAL_KEY, settle, sentence);
    }

    public static Idempotency lookUp(Settle settle, String sentence) {
        return new Idempotency(Way.LOOK_UP, settle, sentence);
    }
}
