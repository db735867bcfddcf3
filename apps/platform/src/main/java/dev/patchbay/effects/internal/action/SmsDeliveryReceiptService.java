package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads receipts from the stored callbacks, and the effects of texts from the ledger. */
@Component
class SmsDeliveryReceiptService implements SmsDeliveryReceipts {

    private static final int PAGE_SIZE = 100;
    /** No number receives more texts than that while an outcome is looked up. */
    private static final int MAX_PAGES = 10;

    /** How far the database's clock and this process's may lie apart. */
    private static final Duration MAX_SKEW = Duration.ofSeconds(30);

    private final Events events;
    private final Effects effects;

    SmsDeliveryReceiptService(Events events, Effects effects) {
        this.events = events;
        this.effects = effects;
    }

    @Override
    public List<Receipt> findReceipts(CallContext callContext, String to) {
        Instant since = callContext.firstClaimedAt().minus(MAX_SKEW);
        List<Receipt> receipts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (int page = 0; page < MAX_PAGES; page++) {
            Page<Event> callbacks =
                    events.list(TenantScope.of(callContext.account().tenant()), callbacksAbout(to, after));
            callbacks.items().stream()
                    .filter(callback -> !callback.receivedAt().isBefore(since))
                    .flatMap(callback -> receipt(callback).stream())
                    .forEach(receipts::add);
            after = Optional.ofNullable(callbacks.next()).filter(next -> reachesBack(callbacks, since));
            if (after.isEmpty()) {
                break;
            }
        }
        return receipts;
    }

    private static boolean reachesBack(Page<Event> latestFirst, Instant since) {
        return !latestFirst.items().getLast().receivedAt().isBefore(since);
    }

    private static EventQuery callbacksAbout(String to, Optional<String> after) {
        return new EventQuery(
                Optional.of("message.sms.status"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(to),
                Optional.empty(),
                PAGE_SIZE,
                after);
    }

    private static Optional<Receipt> receipt(Event callback) {
        String status = callback.data().at("/message/status").asString("");
        return Optional.ofNullable(callback.data().path("effectKey").asString(null))
                .map(key -> new Receipt(callback.subject(), key, status));
    }

    @Override
    public Map<String, String> findEffectKeys(CallContext callContext, Collection<String> ids) {
        return effects.findDone(callContext.account().tenant(), ids, Instant.EPOCH, 1).stream()
                .collect(Collectors.toMap(
                        effect -> Objects.requireNonNull(effect.providerId()), EffectStatus::key, (one, other) -> one));
    }
}
