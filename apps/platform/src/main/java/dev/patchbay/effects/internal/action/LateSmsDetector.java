package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import org.springframework.stereotype.Component;

/**
 * Detects from a carrier's callbacks that an effect sent a second text after all: one that was held up on its way for longer
 * than its settle time. It cannot be recalled, but a person must learn of it.
 */
@Component
class LateSmsDetector implements EventConsumer {

    private final EffectLedger ledger;

    LateSmsDetector(EffectLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void consume(Event event) {
        String key = event.data().path("effectKey").asString("");
        if (event.type().equals("message.sms.status") && !key.isEmpty()) {
            ledger.recordLateProviderId(event.tenant(), key, event.subject());
        }
    }
}
