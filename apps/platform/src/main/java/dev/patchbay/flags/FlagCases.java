package dev.patchbay.flags;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates a file of cases, each with its caller, moment and switches, and compares the results with what it expects. */
public final class FlagCases {

    private FlagCases() {}

    /**
     * Evaluates every case of the file.
     *
     * @return {@code {cases: [{id, value, reason, …, passed}], passed, failed}}
     */
    public static ObjectNode run(Path file) throws IOException {
        JsonNode tree = Json.read(Files.readAllBytes(file));
        var registry = FlagRegistry.ofMap(tree.path("registry"));
        var report = Json.object();
        var results = report.putArray("cases");
        int failed = 0;
        for (JsonNode each : tree.path("cases")) {
            ObjectNode result = Json.object().put("id", each.path("id").asString());
            result.setAll(evaluate(registry, tree.path("allow"), each));
            boolean passed = each.path("expect")
                    .propertyStream()
                    .allMatch(member -> member.getValue().equals(result.path(member.getKey())));
            failed += passed ? 0 : 1;
            results.add(result.put("passed", passed));
        }
        return report.put("passed", results.size() - failed).put("failed", failed);
    }

    /** The result with the members of OpenFeature's details: value, reason, variant or errorCode; and the rule. */
    private static ObjectNode evaluate(FlagRegistry registry, JsonNode allow, JsonNode each) {
        ObjectNode result = Json.object();
        String key = each.path("key").asString();
        boolean isKey = FlagRegistry.isKey(key);
        if (!isKey || !each.path("type").asString().equals("boolean")) {
            result.set("value", each.path("default"));
            return result.put("reason", "ERROR").put("errorCode", isKey ? "TYPE_MISMATCH" : "FLAG_NOT_FOUND");
        }
        var evaluation = FlagRules.evaluate(
                registry,
                targets(allow, each.path("switches")),
                key,
                each.path("environment").asString(),
                caller(each.path("caller")),
                Instant.parse(each.path("now").asString()));
        result.put("value", evaluation.value())
                .put("reason", evaluation.reason().name())
                .put("variant", evaluation.variant())
                .put("rule", evaluation.rule().label());
        return evaluation.expired() ? result.put("expired", true) : result;
    }

    private static FlagCaller caller(JsonNode caller) {
        return new FlagCaller(
                text(caller, "user").map(UserId::new), text(caller, "tenant").map(TenantId::new));
    }

    private static Optional<String> text(JsonNode object, String member) {
        return object.hasNonNull(member) ? Optional.of(object.path(member).asString()) : Optional.empty();
    }

    private static FlagTargets targets(JsonNode allow, JsonNode switches) {
        Map<String, Map<TenantId, Instant>> tenants = new HashMap<>();
        Map<String, Map<UserId, Instant>> users = new HashMap<>();
        for (JsonNode entry : allow) {
            String flag = entry.path("flag").asString();
            Instant until = text(entry, "until").map(Instant::parse).orElse(Instant.MAX);
            text(entry, "tenant")
                    .ifPresent(tenant -> tenants.computeIfAbsent(flag, any -> new HashMap<>())
                            .merge(new TenantId(tenant), until, FlagCases::later));
            text(entry, "user")
                    .ifPresent(user -> users.computeIfAbsent(flag, any -> new HashMap<>())
                            .merge(new UserId(user), until, FlagCases::later));
        }
        Map<String, Set<String>> off = new HashMap<>();
        switches.forEach(one -> off.computeIfAbsent(one.path("environment").asString(), any -> new HashSet<>())
                .add(one.path("flag").asString()));
        return new FlagTargets(tenants, users, off);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
