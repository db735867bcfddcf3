package dev.patchbay.flags.web;

import dev.patchbay.flags.FlagAdministration.FlagState;
import dev.patchbay.flags.FlagDefinition;
import dev.patchbay.flags.FlagEvaluation;
import dev.patchbay.flags.FlagMaturity;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag, and its value for the caller.
 *
 * @param rule that decided about the value; docs/flags.md lists the rules
 * @param expires the day from which on builds fail; null for a released feature
 * @param environments in which it can be on; empty for every one
 * @param state its lists, switch and pending changes, for operators; null for others
 */
record FlagResponse(
        String key,
        String title,
        FlagMaturity stage,
        String owner,
        @Nullable LocalDate since,
        @Nullable LocalDate expires,
        boolean expired,
        List<String> environments,
        boolean value,
        String reason,
        String rule,
        @Nullable FlagState state) {

    static FlagResponse of(FlagDefinition flag, FlagEvaluation evaluation, @Nullable FlagState state) {
        return new FlagResponse(
                flag.key(),
                flag.title(),
                flag.stage(),
                flag.owner(),
                flag.since().orElse(null),
                flag.expires().orElse(null),
                evaluation.expired(),
                flag.environments().stream().sorted().toList(),
                evaluation.value(),
                evaluation.reason().name(),
                evaluation.rule().label(),
                state);
    }
}
