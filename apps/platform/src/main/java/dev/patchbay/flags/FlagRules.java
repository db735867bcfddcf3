package dev.patchbay.flags;

import dev.patchbay.flags.FlagEvaluation.Reason;
import dev.patchbay.flags.FlagEvaluation.Rule;
import java.time.Instant;

/** Decides about a flag by the registry, the lists and the switches: the first rule that applies (docs/flags.md). */
public final class FlagRules {

    private FlagRules() {}

    /**
     * Evaluates a flag.
     *
     * @param key one that a flag can have
     * @param environment {@code dev}, {@code staging} or {@code prod}
     */
    public static FlagEvaluation evaluate(
            FlagRegistry registry,
            FlagTargets targets,
            String key,
            String environment,
            FlagCaller caller,
            Instant now) {
        FlagDefinition flag = registry.flags().get(key);
        if (flag == null || registry.retired().contains(key)) {
            return FlagEvaluation.released(registry.retired().contains(key) ? Rule.RETIRED : Rule.ABSENT);
        }
        boolean expired = flag.isExpired(now);
        if (targets.isSwitchedOff(key, environment)) {
            return new FlagEvaluation(false, Reason.DISABLED, Rule.SWITCH, true, expired);
        }
        if (flag.stage() == FlagMaturity.GA) {
            return new FlagEvaluation(true, Reason.STATIC, Rule.GA, true, expired);
        }
        if (!flag.environments().contains(environment)) {
            return new FlagEvaluation(false, Reason.DISABLED, Rule.ENVIRONMENT, true, expired);
        }
        if (caller.user().filter(user -> targets.isListed(key, user, now)).isPresent()) {
            return new FlagEvaluation(true, Reason.TARGETING_MATCH, Rule.USER, true, expired);
        }
        if (caller.tenant().filter(tenant -> targets.isListed(key, tenant, now)).isPresent()) {
            return new FlagEvaluation(true, Reason.TARGETING_MATCH, Rule.TENANT, true, expired);
        }
        Boolean byDefault = flag.defaults().get(environment);
        return byDefault == null
                ? new FlagEvaluation(false, Reason.DEFAULT, Rule.NONE, true, expired)
                : new FlagEvaluation(byDefault, Reason.DEFAULT, Rule.DEFAULT, true, expired);
    }
}
