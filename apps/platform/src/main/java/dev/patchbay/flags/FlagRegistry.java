package dev.patchbay.flags;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Holds the existing flags and the retired keys.
 *
 * @param flags the flags by key
 */
public record FlagRegistry(Map<String, FlagDefinition> flags, Set<String> retired) {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{1,62}");

    /** Says whether a flag can have that key. */
    public static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** Returns the flag with that key; empty for an unknown and for a retired key. */
    public Optional<FlagDefinition> find(String key) {
        return Optional.ofNullable(flags.get(key));
    }

    /** Reads the registry file: {@code {flags: [{key, …}], retired: [{key, …}]}}. */
    public static FlagRegistry ofFile(JsonNode file) {
        Map<String, FlagDefinition> flags = new LinkedHashMap<>();
        for (JsonNode flag : file.path("flags")) {
            String key = flag.path("key").asString();
            if (!isKey(key) || flags.put(key, definition(key, flag)) != null) {
                throw new IllegalArgumentException("the registry has no key, or one twice: " + key);
            }
        }
        Set<String> retired = new LinkedHashSet<>();
        file.path("retired").forEach(flag -> retired.add(flag.path("key").asString()));
        return new FlagRegistry(flags, retired);
    }

    /** Reads a registry by key, in the shape of the case files: {@code {<key>: {stage, …}, <key>: {retired: <date>}}}. */
    public static FlagRegistry ofMap(JsonNode map) {
        Map<String, FlagDefinition> flags = new LinkedHashMap<>();
        Set<String> retired = new LinkedHashSet<>();
        map.propertyStream().forEach(flag -> {
            if (flag.getValue().has("retired")) {
                retired.add(flag.getKey());
            } else {
                flags.put(flag.getKey(), definition(flag.getKey(), flag.getValue()));
            }
        });
        return new FlagRegistry(flags, retired);
    }

    private static FlagDefinition definition(String key, JsonNode flag) {
        Map<String, Boolean> defaults = new LinkedHashMap<>();
        flag.path("defaults")
                .propertyStream()
                .forEach(one -> defaults.put(one.getKey(), one.getValue().asBoolean()));
        List<String> environments =
                flag.path("environments").valueStream().map(JsonNode::asString).toList();
        return new FlagDefinition(
                key,
                flag.path("title").asString(""),
                FlagMaturity.valueOf(flag.path("stage").asString().toUpperCase(Locale.ROOT)),
                flag.path("owner").asString(""),
                date(flag, "since"),
                date(flag, "expires"),
                Set.copyOf(environments),
                Map.copyOf(defaults));
    }

    private static Optional<LocalDate> date(JsonNode flag, String member) {
        return flag.hasNonNull(member)
                ? Optional.of(LocalDate.parse(flag.path(member).asString()))
                : Optional.empty();
    }
}
