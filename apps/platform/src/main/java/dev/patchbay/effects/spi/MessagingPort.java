package dev.patchbay.effects.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends texts. A person who opted out is refused as {@link FailureReason#OPTED_OUT}; the client's own number and numbers that no
 * telephone can have are refused as {@link FailureReason#BAD_INPUT} before anything is sent.
 */
public non-sealed interface MessagingPort extends Port {

    /** Hands a text to the carrier's queue; delivery is reported later. */
    PortResult<Message> sendSms(CallContext callContext, Sms sms);

    /** Asks whether an earlier {@link #sendSms} was accepted. */
    LookupResult<Message> findSms(CallContext callContext, Sms sms);

    /** Hands a text with files to the carrier's queue. */
    PortResult<Message> sendMms(CallContext callContext, Mms mms);

    /** Asks whether an earlier {@link #sendMms} was accepted. */
    LookupResult<Message> findMms(CallContext callContext, Mms mms);

    /** Asks the carrier what kind of line a number is. Changes nothing. */
    PortResult<NumberInfo> checkNumber(CallContext callContext, NumberQuery query);

    /** @param to E.164 */
    record Sms(String to, String text) {}

    /**
     * @param to E.164
     * @param media public addresses of one to ten files
     */
    record Mms(String to, @Nullable String text, List<String> media) {}

    /**
     * @param status as the carrier calls it, for example {@code queued}
     * @param segments how many SMS the text takes, each of which is paid for; null where it is not known
     */
    record Message(String id, String status, @Nullable Integer segments) {}

    /** @param number E.164, or what stood in its place */
    record NumberQuery(String number) {}

    /**
     * @param valid whether a telephone can have the number
     * @param country ISO 3166
     * @param lineType as the carrier calls it, for example {@code mobile} or {@code landline}
     * @param canReceiveTexts whether a text is worth sending: the number is valid and not known to be a landline
     */
    record NumberInfo(
            String number,
            boolean valid,
            @Nullable String country,
            @Nullable String lineType,
            boolean canReceiveTexts) {}
}
