package dev.patchbay.ingress.spi;

import dev.patchbay.ingress.Event;

/**
 * Takes stored events. Each is handed over until every consumer has returned normally, so after a failure or a crash
 * the same event comes again: a consumer makes nothing twice of it.
 */
public interface EventConsumer {

    /** Called outside any transaction, by one worker at a time for one event. */
    void consume(Event event);

    /** The consumer has its hands full: the event comes again a moment later, and nothing is counted against it. */
    class Busy extends RuntimeException {
        public Busy(String sentence) {
            super(sentence);
        }
    }
}
