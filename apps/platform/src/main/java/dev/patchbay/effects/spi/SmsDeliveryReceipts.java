package dev.patchbay.effects.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Connects a carrier's texts with the effects that sent them, by status callbacks and by the ledger. Two texts of the same
 * words to the same number cannot be told apart by looking at them.
 */
public interface SmsDeliveryReceipts {

    /**
     * The callbacks about texts to that number since the effect was first claimed, the latest first.
     *
     * @param to E.164
     */
    List<Receipt> findReceipts(CallContext callContext, String to);

    /** The effect keys of these texts, by the carrier's id; only of texts that the ledger has settled as done. */
    Map<String, String> findEffectKeys(CallContext callContext, Collection<String> ids);

    /**
     * @param id the carrier's id of the text
     * @param effectKey of the effect that sent it
     * @param status as the carrier calls it
     */
    record Receipt(String id, String effectKey, String status) {}
}
