package dev.patchbay.flows.spi;

/** A role that a provider plays for a client; bindings say which connection plays it. */
public sealed interface Port permits CrmPort, CalendarPort, MessagingPort {

    /** The provider whose connections this adapter serves, for example {@code highlevel}. */
    String provider();
}
