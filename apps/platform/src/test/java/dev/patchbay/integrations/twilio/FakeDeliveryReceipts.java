package dev.patchbay.integrations.twilio;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Delivery receipts and settled effects that a test sets. */
final class FakeDeliveryReceipts implements SmsDeliveryReceipts {

    private final List<Receipt> receipts = new ArrayList<>();
    private final Map<String, String> settled = new HashMap<>();

    void addReceipt(Receipt receipt) {
        receipts.add(receipt);
    }

    void addSettled(String id, String effectKey) {
        settled.put(id, effectKey);
    }

    void clear() {
        receipts.clear();
        settled.clear();
    }

    @Override
    public List<Receipt> findReceipts(CallContext callContext, String to) {
        return receipts;
    }

    @Override
    public Map<String, String> findEffectKeys(CallContext callContext, Collection<String> ids) {
        return settled;
    }
}
