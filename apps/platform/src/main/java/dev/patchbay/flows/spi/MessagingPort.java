package dev.patchbay.flows.spi;

/** Sends texts. */
public non-sealed interface MessagingPort extends Port {

    /** Hands a text to the carrier's queue; delivery is reported later. */
    Answer<Message> sendSms(Act act, Sms sms);

    /** Asks whether an earlier {@link #sendSms} was accepted. */
    LookUp<Message> findSms(Act act, Sms sms);

    /** @param to E.164 */
    record Sms(String to, String text) {}

    /** @param status as the carrier calls it, for example {@code queued} */
    record Message(String id, String status) {}
}
