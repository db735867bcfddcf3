package dev.patchbay.flags.web;

import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.FlagEvaluation;
import dev.patchbay.flags.FlagRegistry;
import dev.patchbay.flags.Flags;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The OpenFeature Remote Evaluation Protocol 0.3 (openfeature.dev/specification, OFREP). Tenant and user are the caller's; what
 * the request's context says of them is not believed, and the rest of it decides nothing.
 */
@RestController
@RequestMapping("/ofrep/v1/evaluate/flags")
final class OfrepController {

    private static final String CONTEXT = "context";

    private final Flags flags;

    OfrepController(Flags flags) {
        this.flags = flags;
    }

    /** @param rule that decided; docs/flags.md lists the rules */
    record EvaluationMetadata(String rule, boolean registered, boolean expired) {}

    record EvaluationSuccess(String key, boolean value, String reason, String variant, EvaluationMetadata metadata) {

        static EvaluationSuccess of(String key, FlagEvaluation evaluation) {
            return new EvaluationSuccess(
                    key,
                    evaluation.value(),
                    evaluation.reason().name(),
                    evaluation.variant(),
                    new EvaluationMetadata(evaluation.rule().label(), evaluation.registered(), evaluation.expired()));
        }
    }

    /** @param key null for the evaluation of all flags */
    record EvaluationFailure(@Nullable String key, String errorCode, String errorDetails) {}

    record BulkEvaluation(List<EvaluationSuccess> flags) {}

    /** Evaluates one flag; a key that is not registered is released. */
    @Authenticated
    @PostMapping("/{key}")
    ResponseEntity<Object> evaluate(
            Identity identity, @PathVariable String key, @RequestBody(required = false) byte @Nullable [] body) {
        Optional<EvaluationFailure> failure = findFailure(key, body);
        if (failure.isPresent()) {
            return ResponseEntity.badRequest().body(failure.get());
        }
        if (!FlagRegistry.isKey(key)) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .body(new EvaluationFailure(key, "FLAG_NOT_FOUND", "No flag can have this key."));
        }
        return ResponseEntity.ok(EvaluationSuccess.of(key, flags.evaluate(key, FlagCaller.of(identity))));
    }

    /** Evaluates all registered flags. */
    @Authenticated
    @PostMapping
    ResponseEntity<Object> evaluateAll(
            Identity identity,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String cachedTag,
            @RequestBody(required = false) byte @Nullable [] body) {
        Optional<EvaluationFailure> failure = findFailure(null, body);
        if (failure.isPresent()) {
            return ResponseEntity.badRequest().body(failure.get());
        }
        FlagCaller caller = FlagCaller.of(identity);
        var all = new BulkEvaluation(flags.registry().flags().keySet().stream()
                .map(key -> EvaluationSuccess.of(key, flags.evaluate(key, caller)))
                .toList());
        String tag = "\"" + Secret.encode(Hashing.sha256(Hashing.utf8(Json.write(all)))) + "\"";
        // Values differ from caller to caller: no shared cache may keep them.
        var response = cachedTag.equals(tag) ? ResponseEntity.status(HttpStatus.NOT_MODIFIED) : ResponseEntity.ok();
        response.eTag(tag).header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        return cachedTag.equals(tag) ? response.build() : response.body(all);
    }

    private static Optional<EvaluationFailure> findFailure(@Nullable String key, byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Optional.empty();
        }
        JsonNode request;
        try {
            request = Json.read(body);
        } catch (JacksonException unreadable) {
            return Optional.of(new EvaluationFailure(key, "PARSE_ERROR", "The body is not JSON."));
        }
        boolean valid = request.isObject()
                && (!request.hasNonNull(CONTEXT) || request.path(CONTEXT).isObject());
        return valid
                ? Optional.empty()
                : Optional.of(new EvaluationFailure(key, "INVALID_CONTEXT", "context is an object."));
    }
}
