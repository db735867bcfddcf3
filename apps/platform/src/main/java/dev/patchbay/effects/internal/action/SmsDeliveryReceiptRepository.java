package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads in the stored callbacks, and in the ledger, whose a text is. */
@Repository
class SmsDeliveryReceiptRepository implements SmsDeliveryReceipts {

    private static final int PAGE = 100;
    /** Nobody gets so many texts while an answer is being looked for. */
    private static final int MOST_PAGES = 10;

    /** How far the database's clock and this process's may lie apart. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Events events;
    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    SmsDeliveryReceiptRepository(Events events, JdbcClient jdbc, Tenancy tenancy) {
        this.events = events;
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    @Override
    public List<Receipt> told(CallContext callContext, String to) {
        Instant since = callContext.firstClaimedAt().minus(SKEW);
        List<Receipt> told = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            Page<Event> callbacks =
                    events.list(TenantScope.of(callContext.account().tenant()), about(to, after));
            callbacks.items().stream()
                    .filter(it -> !it.receivedAt().isBefore(since))
                    .flatMap(it -> receipt(it).stream())
                    .forEach(told::add);
            after = Optional.ofNullable(callbacks.next()).filter(unread -> reachesBack(callbacks, since));
            if (after.isEmpty()) {
                break;
            }
        }
        return told;
    }

    private static boolean reachesBack(Page<Event> latestFirst, Instant since) {
        return !latestFirst.items().getLast().receivedAt().isBefore(since);
    }

    private static EventQuery about(String to, Optional<String> after) {
        return new EventQuery(
                Optional.of("message.sms.status"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(to),
                Optional.empty(),
                PAGE,
                after);
    }

    private static Optional<Receipt> receipt(Event callback) {
        String status = callback.data().at("/message/status").asString("");
        return Optional.ofNullable(callback.data().path("effectKey").asString(null))
                .map(key -> new Receipt(callback.subject(), key, status));
    }

    @Override
    public Map<String, String> settled(CallContext callContext, Collection<String> ids) {
        TenantId tenant = callContext.account().tenant();
        return tenancy.inTenant(
                tenant,
                () -> jdbc
                        .sql("""
                        SELECT key, provider_id AS id FROM patchbay.effect
                        WHERE tenant_id = :tenant AND state = 'DONE' AND provider_id IN (:ids)""")
                        .param("tenant", tenant.value())
                        .param("ids", ids)
                        .query((row, number) -> Map.entry(row.getString("id"), row.getString("key")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one)));
    }
}
