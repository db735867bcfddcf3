package dev.patchbay.ingress;

import dev.patchbay.ingress.internal.ErasureRepository;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
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
     * @throws Problem {@code 409.person_under_way} while anything of theirs is still going on; then nothing is erased
     * @return how much of what was erased, for example {@code {"bodies": 3, "events": 3, "runs": 1}}
     */
    public Map<String, Integer> erase(TenantScope scope, String actor, String person, CorrelationId correlation) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Set<String> persons = events.allNames(scope, Set.of(person));
            Set<String> eventIds = events.events(scope, persons);
            requireQuiet(events.underWay(scope, eventIds)
                    + others.stream()
                            .mapToInt(other -> other.underWay(scope, persons, eventIds))
                            .sum());
            var erased = new TreeMap<String, Integer>();
            others.forEach(other -> erased.putAll(other.erase(scope, persons, eventIds)));
            events.settle(scope, eventIds);
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

    /** Half an erasure is none: what still goes on would write down again what is being taken out. */
    private static void requireQuiet(int underWay) {
        if (underWay > 0) {
            throw new Problem(
                    ProblemType.PERSON_UNDER_WAY,
                    "Nothing was erased: " + underWay + " events, runs or acts of this person are still under way."
                            + " Ask again when they have ended.");
        }
    }
}
