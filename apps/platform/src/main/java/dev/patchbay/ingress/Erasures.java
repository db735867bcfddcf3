package dev.patchbay.ingress;

import dev.patchbay.ingress.internal.ErasureRepository;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Erases one person's data: what events tell of them, the raw bodies, and what other contexts keep, in one transaction.
 * Keys of de-duplication stay, so a vendor's late retry does not bring it back, and so does the audit trail, which holds
 * digests only.
 */
@Component
public class Erasures {

    private final ErasureRepository events;
    private final List<PersonalData> others;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;
    private final Clock clock;

    Erasures(
            ErasureRepository events,
            List<PersonalData> others,
            Tenancy tenancy,
            ApplicationEventPublisher audit,
            Clock clock) {
        this.events = events;
        this.others = others;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param person an E.164 number, an e-mail address or {@code contact:<the vendor's id>}
     * @return how much of what was erased, for example {@code {"bodies": 3, "events": 3, "runs": 1}}
     */
    public Map<String, Integer> erase(TenantScope scope, String actor, String person, CorrelationId correlation) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Set<String> persons = events.withContacts(scope, Set.of(person));
            Set<String> eventIds = events.events(scope, persons);
            var erased = new TreeMap<String, Integer>();
            others.forEach(other -> erased.putAll(other.erase(scope, persons, eventIds)));
            erased.put("bodies", events.eraseBodies(scope, eventIds));
            erased.put("events", events.eraseEvents(scope, eventIds));
            audit.publishEvent(new Auditable(
                    scope,
                    actor,
                    "person.erased",
                    // Not even a digest: there are too few telephone numbers for it to keep a secret.
                    "erasure/" + Ids.next("ers", clock.instant()),
                    Optional.empty(),
                    Optional.empty(),
                    correlation));
            return erased;
        });
    }
}
