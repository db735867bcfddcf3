package dev.patchbay.flags;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes lists and switches, for operators. Every change is in the audit trail of the operators' tenant. */
public interface FlagAdministration {

    /** The switch that turned a flag off in this environment. */
    record ThrownSwitch(String reason, String by, java.time.Instant at) {}

    /**
     * A flag's lists, switch and pending changes.
     *
     * @param thrownSwitch null while it is not switched off
     */
    record FlagState(List<AllowEntry> entries, @Nullable ThrownSwitch thrownSwitch, List<FlagChange> pending) {}

    /** @throws Problem {@code 404.flag_not_found} */
    FlagState find(String key);

    /**
     * Adds an entry to the list, or changes the end of the present one. In prod it waits for a second operator.
     *
     * @throws Problem {@code 404.flag_not_found}
     */
    FlagChange allow(Identity operator, String key, AllowEntry entry, String reason);

    /**
     * Removes an entry at once.
     *
     * @throws Problem {@code 404.flag_not_found} also when there is no such entry
     */
    void withdraw(Identity operator, String key, String entryId);

    /**
     * Switches the flag off in this environment, at once.
     *
     * @throws Problem {@code 404.flag_not_found}; {@code 409.flag_state_conflict} when it is off already
     */
    void switchOff(Identity operator, String key, String reason);

    /**
     * Asks for the flag to be switched on again, which a second operator has to approve.
     *
     * @throws Problem {@code 404.flag_not_found}; {@code 409.flag_state_conflict} when it is not off, or it was asked for already
     */
    FlagChange switchOn(Identity operator, String key, String reason);

    /**
     * Applies a pending change.
     *
     * @param operator another one than asked for it, signed in themselves
     * @throws Problem {@code 404.flag_not_found} when there is no such change; {@code 403.forbidden};
     *     {@code 409.flag_state_conflict} when it is not pending any more
     */
    FlagChange approve(Identity operator, String changeId);
}
