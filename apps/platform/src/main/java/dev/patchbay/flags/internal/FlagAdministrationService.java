package dev.patchbay.flags.internal;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.flags.FlagAdministration;
import dev.patchbay.flags.FlagChange;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes lists and switches in the operators' tenant; what could release a feature needs a second operator. */
@Component
class FlagAdministrationService implements FlagAdministration {

    private final FlagRepository repository;
    private final FlagChangeRepository changes;
    private final FlagService flags;
    private final FlagSnapshot snapshot;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    FlagAdministrationService(
            FlagRepository repository,
            FlagChangeRepository changes,
            FlagService flags,
            FlagSnapshot snapshot,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.changes = changes;
        this.flags = flags;
        this.snapshot = snapshot;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public FlagState find(String key) {
        requireFlag(key);
        return tenancy.inTenant(
                Tenants.PLATFORM,
                () -> new FlagState(
                        repository.listEntries(key),
                        repository.findSwitch(key, flags.environment()).orElse(null),
                        changes.listPending(key, flags.environment())));
    }

    @Override
    public FlagChange allow(Identity operator, String key, AllowEntry entry, String reason) {
        requireFlag(key);
        boolean alone = !flags.environment().equals("prod");
        return change(() -> {
            FlagChange change = newChange(operator, key, FlagChange.Kind.ALLOW, entry, reason, alone);
            changes.insert(change);
            if (alone) {
                apply(operator, change);
            } else {
                record(operator, "flag.requested", key, null, change);
            }
            return change;
        });
    }

    @Override
    public void withdraw(Identity operator, String key, String entryId) {
        requireFlag(key);
        change(() -> {
            AllowEntry entry = repository
                    .deleteEntry(key, entryId)
                    .orElseThrow(() -> new Problem(
                            ProblemType.FLAG_NOT_FOUND, "The list of " + key + " has no entry " + entryId + "."));
            record(operator, "flag.withdrawn", key, entry, null);
            return entry;
        });
    }

    @Override
    public void switchOff(Identity operator, String key, String reason) {
        requireFlag(key);
        change(() -> {
            if (!repository.throwSwitch(key, flags.environment(), reason, operator.subject(), clock.instant())) {
                throw conflict(key + " is switched off already.");
            }
            record(operator, "flag.switched_off", key, "on", "off: " + reason);
            return key;
        });
    }

    @Override
    public FlagChange switchOn(Identity operator, String key, String reason) {
        requireFlag(key);
        return change(() -> {
            if (repository.findSwitch(key, flags.environment()).isEmpty()) {
                throw conflict(key + " is not switched off.");
            }
            boolean pending = changes.listPending(key, flags.environment()).stream()
                    .anyMatch(change -> change.kind() == FlagChange.Kind.SWITCH_ON);
            if (pending) {
                throw conflict("Switching " + key + " on waits for a second operator already.");
            }
            FlagChange change = newChange(operator, key, FlagChange.Kind.SWITCH_ON, null, reason, false);
            changes.insert(change);
            record(operator, "flag.requested", key, null, change);
            return change;
        });
    }

    @Override
    public FlagChange approve(Identity operator, String changeId) {
        // A token could have been issued by the one who asks.
        if (operator.user().isEmpty() || operator.impersonator().isPresent()) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "Approving needs the session of an operator who is signed in themselves.");
        }
        return change(() -> {
            FlagChange change = changes.lock(changeId)
                    .orElseThrow(() ->
                            new Problem(ProblemType.FLAG_NOT_FOUND, "There is no change " + changeId + " of a flag."));
            if (change.requestedBy().equals(operator.subject())) {
                throw new Problem(ProblemType.FORBIDDEN, "Another operator than the one who asked has to approve it.");
            }
            if (!change.state().mayBecome(FlagChange.State.APPLIED)
                    || !change.environment().equals(flags.environment())) {
                throw conflict("The change " + changeId + " is not pending any more.");
            }
            requireFlag(change.flag());
            changes.markApplied(changeId, operator.subject(), clock.instant());
            record(operator, "flag.approved", change.flag(), null, change);
            apply(operator, change);
            return changes.lock(changeId).orElseThrow();
        });
    }

    private void apply(Identity operator, FlagChange change) {
        switch (change.kind()) {
            case ALLOW -> {
                AllowEntry entry = Objects.requireNonNull(change.entry());
                Instant now = clock.instant();
                repository.saveEntry(Ids.next("fla", now), change.flag(), entry, change.requestedBy(), now);
                record(operator, "flag.allowed", change.flag(), null, entry);
            }
            case SWITCH_ON -> {
                if (!repository.resetSwitch(change.flag(), change.environment())) {
                    throw conflict(change.flag() + " is not switched off any more.");
                }
                record(operator, "flag.switched_on", change.flag(), "off", "on: " + change.reason());
            }
        }
    }

    private FlagChange newChange(
            Identity operator,
            String key,
            FlagChange.Kind kind,
            @Nullable AllowEntry entry,
            String reason,
            boolean applied) {
        Instant now = clock.instant();
        return new FlagChange(
                Ids.next("flc", now),
                key,
                flags.environment(),
                kind,
                entry,
                reason,
                applied ? FlagChange.State.APPLIED : FlagChange.State.PENDING,
                operator.subject(),
                now,
                null,
                applied ? now : null);
    }

    /** Runs the change in the operators' tenant, and lets this process see it at once. */
    private <T> T change(Supplier<T> work) {
        T result = tenancy.inTenant(Tenants.PLATFORM, work);
        snapshot.refresh();
        return result;
    }

    private void record(Identity operator, String action, String key, @Nullable Object before, @Nullable Object after) {
        audit.recordChange(TenantScope.of(Tenants.PLATFORM), operator.subject(), action, "flag/" + key, before, after);
    }

    private void requireFlag(String key) {
        if (flags.registry().find(key).isEmpty()) {
            throw new Problem(ProblemType.FLAG_NOT_FOUND, "The registry of flags has no key " + key + ".");
        }
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.FLAG_STATE_CONFLICT, sentence);
    }
}
