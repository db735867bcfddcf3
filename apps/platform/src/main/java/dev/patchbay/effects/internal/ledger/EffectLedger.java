package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Decides which process may send an effect, and records its outcome (ADR 0006). Each method joins the caller's transaction
 * or opens one; a claim must be committed before the first byte is sent. Only the database's clock decides between processes.
 */
@Component
public class EffectLedger {

    private final EffectRepository effectRepository;
    private final EffectQueryRepository queries;
    private final EffectIncidentRepository incidents;
    private final List<EffectObserver> observers;
    private final Tenancy tenancy;

    EffectLedger(
            EffectRepository effectRepository,
            EffectQueryRepository queries,
            EffectIncidentRepository incidents,
            List<EffectObserver> observers,
            Tenancy tenancy) {
        this.effectRepository = effectRepository;
        this.queries = queries;
        this.incidents = incidents;
        this.observers = observers;
        this.tenancy = tenancy;
    }

    /**
     * Asks for the right to send the effect, or to look it up.
     *
     * @param place its place in the origin
     * @param digest the digest of the canonical request, because one key must not identify two requests
     * @param window how long the claim may send and wait
     * @param settle how long after the window the provider may still carry the request out
     */
    public ClaimResult claim(EffectKey key, String place, byte[] digest, Duration window, Duration settle) {
        return tenancy.inTenant(
                key.tenant(),
                () -> effectRepository
                        .claim(key, place, digest, window, settle)
                        .or(() -> effectRepository.findObstacle(key, digest))
                        // The effect is free, so only this process's lease can be the reason.
                        .orElseGet(ClaimResult.Fenced::new));
    }

    /**
     * Returns how long a request that was sent may still be under way: the rest of its window, and the settle time. After that,
     * "absent" means that it will not be carried out.
     */
    public Duration timeUnderWay(EffectKey key, Duration settle) {
        return tenancy.inTenant(key.tenant(), () -> queries.timeUnderWay(key, settle));
    }

    /**
     * Opens a new window for sending, after a look-up found that the effect is absent.
     *
     * @return false when another process took over, or this one is fenced
     */
    public boolean reopenWindow(Claim claim, Duration window, Duration settle) {
        return inTenant(claim, () -> effectRepository.reopenWindow(claim, window, settle));
    }

    /**
     * Records success. Success from any attempt counts. A second provider id for the same effect is an incident that a person
     * sees.
     *
     * @param providerIds all matches; the first one counts
     * @param lookedUp whether a look-up found it
     */
    public void markDone(Claim claim, JsonNode response, List<String> providerIds, boolean lookedUp) {
        tenancy.inTenant(tenant(claim), () -> {
            String providerId = providerIds.getFirst();
            boolean settled = effectRepository.markDone(claim, response, providerId, lookedUp);
            if (settled) {
                observers.forEach(it -> it.onDone(claim.key(), response));
            }
            boolean same = settled || providerId.equals(queries.findProviderId(claim.key()));
            if (!same || providerIds.size() > 1) {
                incidents.recordSecondProviderId(claim, providerIds);
            }
        });
    }

    /**
     * Records that another effect had the same result before: nothing was sent for this effect, and nothing of it needs
     * undoing.
     */
    public void markAdopted(Claim claim, JsonNode response, String providerId) {
        markDone(claim, response, List.of(providerId), false);
        tenancy.inTenant(tenant(claim), () -> effectRepository.markAdopted(claim));
    }

    /**
     * Records that a completed effect took place a second time under another id.
     *
     * @param key the effect's key, as a callback of the provider repeats it
     */
    public void recordLateProviderId(TenantId tenant, String key, String lateId) {
        tenancy.inTenant(
                tenant,
                () -> incidents
                        .lockOtherProviderId(tenant, key, lateId)
                        .ifPresent(providerId -> incidents.recordLateProviderId(tenant, key, providerId, lateId)));
    }

    /** Records a definite refusal. It counts only from the current attempt. */
    public boolean markFailed(Claim claim, FailureReason reason, String sentence) {
        return inTenant(claim, () -> {
            boolean settled = effectRepository.markFailed(claim, reason, sentence);
            if (settled) {
                observers.forEach(it -> it.onNotDone(claim.key()));
            }
            return settled;
        });
    }

    /** Records that the outcome is unknown. The effect may be looked up once its window and the settle time have passed. */
    public boolean markUnknown(Claim claim, String sentence, Duration settle) {
        return inTenant(claim, () -> effectRepository.markUnknown(claim, sentence, settle));
    }

    /** Gives up a claim under which nothing was sent; any process may claim the effect after the delay. */
    public boolean release(Claim claim, Duration delay) {
        return inTenant(claim, () -> effectRepository.release(claim, delay));
    }

    /** Gives up a claim after the provider did not answer the look-up; any process may look the effect up after the delay. */
    public boolean defer(Claim claim, Duration delay) {
        return inTenant(claim, () -> effectRepository.defer(claim, delay));
    }

    /** Leaves an effect whose outcome is unknown to a person. */
    public boolean park(Claim claim) {
        return inTenant(claim, () -> effectRepository.park(claim));
    }

    private boolean inTenant(Claim claim, BooleanSupplier transition) {
        return tenancy.inTenant(tenant(claim), transition::getAsBoolean);
    }

    private static TenantId tenant(Claim claim) {
        return claim.key().tenant();
    }
}
