package dev.patchbay.effects.spi;

/** Sends texts. */
public non-sealed interface MessagingPort extends Port {

    /** Hands a text to the carrier's queue; delivery is reported later. */
    PortResult<Message> sendSms(CallContext callContext, Sms sms);

    /** Asks whether an earlier {@link #sendSms} was accepted. */
    LookupResult<Message> findSms(CallContext callContext, Sms sms);

    /** @param to E.164 */
    record Sms(String to, String text) {}

    /** @param status as the carrier calls it, for example {@code queued} */
    record Message(String id, String status) {}
}
