package dev.patchbay.ingress.erasure;

import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
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
 * Erases one person's data in one transaction: the data of events, raw bodies, and the data of other contexts. Deduplication
 * keys stay, so that a late retry of the provider does not bring the data back. The audit trail stays; it holds digests only.
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
     * Erases the person under every name that the CRM's contacts show.
     *
     * @param person an E.164 number, an e-mail address or {@code contact:<the provider's id>}
     * @throws Problem {@code 409.person_under_way} while an event, run or action of theirs is unfinished; then nothing is
     *     erased
     * @return the numbers of erased items, for example {@code {"bodies": 3, "events": 3, "runs": 1}}
     */
    public Map<String, Integer> erase(TenantScope scope, String actor, String person, CorrelationId correlation) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Set<String> persons = events.findAliases(scope, Set.of(person));
            Set<EventId> eventIds = events.findEvents(scope, persons);
            requireNothingUnfinished(events.countUnfinished(scope, eventIds)
                    + others.stream()
                            .mapToInt(other -> other.countUnfinished(scope, persons, eventIds))
                            .sum());
            var erased = new TreeMap<String, Integer>();
            others.forEach(other -> erased.putAll(other.erase(scope, persons, eventIds)));
            events.closeUndispatched(scope, eventIds);
            erased.put("bodies", events.eraseBodies(scope, eventIds));
            erased.put("events", events.eraseEvents(scope, eventIds));
            audit.publishEvent(new Auditable(
                    scope,
                    actor,
                    "person.erased",
                    // The reference contains no digest of the person either, because there are too few telephone
                    // numbers for a
                    // digest to hide one.
                    "erasure/" + Ids.next("ers", clock.instant()),
                    Optional.empty(),
                    Optional.empty(),
                    correlation));
            return erased;
        });
    }

    /** Rejects an erasure while work is unfinished, because that work would write the data again afterwards. */
    private static void requireNothingUnfinished(int unfinished) {
        if (unfinished > 0) {
            throw new Problem(
                    ProblemType.PERSON_UNDER_WAY,
                    "Nothing was erased: " + unfinished + " events, runs or actions of this person are unfinished."
                            + " Ask again when they have ended.");
        }
    }
}
