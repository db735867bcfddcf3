package dev.patchbay.effects.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which texts at a carrier came of which act, as far as we were told. Two texts of the same words to the same number
 * cannot be told apart by looking at them.
 */
public interface SmsDeliveryReceipts {

    /**
     * What callbacks told of texts to that number since the act was first claimed, the latest news first.
     *
     * @param to E.164
     */
    List<Receipt> told(CallContext callContext, String to);

    /** Of these texts, by their ids, those that the ledger knows as done, each with the key of its act. */
    Map<String, String> settled(CallContext callContext, Collection<String> ids);

    /**
     * @param id the carrier's id of the text
     * @param effectKey of the act it came of
     * @param status as the carrier calls it
     */
    record Receipt(String id, String effectKey, String status) {}
}
