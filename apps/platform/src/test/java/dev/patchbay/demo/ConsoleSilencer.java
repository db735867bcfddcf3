package dev.patchbay.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps events below INFO off the console while a test captures DEBUG. */
final class ConsoleSilencer extends Filter<ILoggingEvent> {

    static final ConsoleSilencer INSTANCE = new ConsoleSilencer();

    static {
        INSTANCE.start();
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.INFO) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
