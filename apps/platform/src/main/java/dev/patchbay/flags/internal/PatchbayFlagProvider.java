package dev.patchbay.flags.internal;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.FlagEvaluation;
import dev.patchbay.flags.FlagRegistry;
import dev.patchbay.flags.Flags;
import java.util.function.Supplier;

/**
 * Serves flags to OpenFeature clients in this process. The caller comes from authentication; tenants and users in an evaluation
 * context are not believed.
 */
final class PatchbayFlagProvider implements FeatureProvider {

    private final Flags flags;
    private final Supplier<FlagCaller> caller;

    PatchbayFlagProvider(Flags flags, Supplier<FlagCaller> caller) {
        this.flags = flags;
        this.caller = caller;
    }

    @Override
    public Metadata getMetadata() {
        return () -> "patchbay";
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        if (!FlagRegistry.isKey(key)) {
            return error(defaultValue, ErrorCode.FLAG_NOT_FOUND, "no flag can have this key");
        }
        FlagEvaluation evaluation = flags.evaluate(key, caller.get());
        return ProviderEvaluation.<Boolean>builder()
                .value(evaluation.value())
                .variant(evaluation.variant())
                .reason(evaluation.reason().name())
                .flagMetadata(ImmutableMetadata.builder()
                        .addString("rule", evaluation.rule().label())
                        .addBoolean("registered", evaluation.registered())
                        .addBoolean("expired", evaluation.expired())
                        .build())
                .build();
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue, EvaluationContext context) {
        return typeMismatch(defaultValue);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, EvaluationContext context) {
        return typeMismatch(defaultValue);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue, EvaluationContext context) {
        return typeMismatch(defaultValue);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue, EvaluationContext context) {
        return typeMismatch(defaultValue);
    }

    private static <T> ProviderEvaluation<T> typeMismatch(T defaultValue) {
        return error(defaultValue, ErrorCode.TYPE_MISMATCH, "flags are true or false");
    }

    private static <T> ProviderEvaluation<T> error(T defaultValue, ErrorCode code, String sentence) {
        return ProviderEvaluation.<T>builder()
                .value(defaultValue)
                .reason(Reason.ERROR.name())
                .errorCode(code)
                .errorMessage(sentence)
                .build();
    }
}
