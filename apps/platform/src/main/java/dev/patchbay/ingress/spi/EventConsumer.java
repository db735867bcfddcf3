package dev.patchbay.ingress.spi;

import dev.patchbay.ingress.Event;

/**
 * Consumes stored events, at least once each: an event is dispatched again until every consumer has returned normally. A
 * consumer must therefore be idempotent by event id.
 */
public interface EventConsumer {

    /** Called outside any transaction, by one worker at a time for one event. */
    void consume(Event event);

    /** The consumer has no capacity now: the event is dispatched again a moment later, and the attempt does not count. */
    class Busy extends RuntimeException {
        public Busy(String sentence) {
            super(sentence);
        }
    }
}
