package dev.patchbay.flags;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A flag of the registry.
 *
 * @param since the day on which it was added
 * @param expires the day from which on builds fail; empty for a released feature
 * @param environments in which it can be on; empty for every one
 * @param defaults its value by environment for callers on no list
 */
public record FlagDefinition(
        String key,
        String title,
        FlagMaturity stage,
        String owner,
        Optional<LocalDate> since,
        Optional<LocalDate> expires,
        Set<String> environments,
        Map<String, Boolean> defaults) {

    /** Whether its day has come, in UTC. */
    public boolean isExpired(Instant now) {
        return expires.filter(day -> !now.atZone(ZoneOffset.UTC).toLocalDate().isBefore(day))
                .isPresent();
    }
}
