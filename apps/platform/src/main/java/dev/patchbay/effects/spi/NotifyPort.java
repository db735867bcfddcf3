package dev.patchbay.effects.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the client's own people something. Patchbay itself plays this role, so no connection is bound to it. */
public non-sealed interface NotifyPort extends Port {

    /** The provider's name, and that of the port in function names. */
    String PATCHBAY = "patchbay";

    String NAME = "notify";

    /** Queues a mail to addresses that the client's settings list; an address elsewhere is refused. */
    PortResult<QueuedEmail> sendEmail(CallContext callContext, Email email);

    /** Asks whether an earlier {@link #sendEmail} was queued. */
    LookupResult<QueuedEmail> findEmail(CallContext callContext, Email email);

    /** @param to some of the client's addresses; null: all of them */
    record Email(@Nullable List<String> to, String subject, String text) {}

    record QueuedEmail(String id, List<String> to) {}
}
