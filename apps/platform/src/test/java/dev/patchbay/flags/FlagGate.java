package dev.patchbay.flags;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds flags that code asks for and the registry does not know, flags that no code asks for, and flags that are past their
 * expiry, in Java and TypeScript sources.
 */
record FlagGate(FlagRegistry registry, Instant now) {

    /** A constant: {@code FeatureFlag.SMS_NOTICES} in Java, {@code FLAGS.SMS_NOTICES} in TypeScript. */
    private static final Pattern CONSTANT = Pattern.compile("\\b(?:FeatureFlag|FLAGS)\\.([A-Z][A-Z0-9_]*)\\b");

    /** A question with the key as a text: OpenFeature's clients, its React hooks and components, and our own entry point. */
    private static final Pattern LITERAL = Pattern.compile(
            "\\b(?:get(?:Boolean|String|Number|Integer|Double|Object)(?:Value|Details)|evaluate|isEnabled"
                    + "|use(?:Boolean|String|Number|Object)?Flag(?:Value|Details)?|useFeature)(?:<[^<>()]*>)?\\(\\s*[\"'`]([^\"'`]*)[\"'`]"
                    + "|\\b(?:flagKey|flag)=\\{?\\s*[\"'`]([^\"'`]*)[\"'`]");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)(?<![:\"'`])//[^\\n]*$");

    /** One sentence for each offence, in the order of the files. */
    List<String> findOffences(Map<Path, String> sources) {
        List<String> offences = new ArrayList<>();
        Set<String> requested = new HashSet<>();
        new TreeMap<>(sources).forEach((file, source) -> {
            String code = COMMENT.matcher(source).replaceAll("");
            Matcher constants = CONSTANT.matcher(code);
            while (constants.find()) {
                String key =
                        constants.group(1).toLowerCase(java.util.Locale.ROOT).replace('_', '-');
                requested.add(key);
                if (registry.find(key).isEmpty()) {
                    offences.add(file + ": asks for the constant " + constants.group(1) + ", which no flag has.");
                }
            }
            Matcher literals = LITERAL.matcher(code);
            while (literals.find()) {
                String key = literals.group(1) == null ? literals.group(2) : literals.group(1);
                requested.add(key);
                if (registry.find(key).isPresent()) {
                    offences.add(file + ": asks for the flag " + key + " by its text; use the generated constant.");
                } else if (!registry.retired().contains(key)) {
                    offences.add(file + ": asks for the flag " + key + ", which is neither registered nor retired.");
                }
            }
        });
        for (FlagDefinition flag : registry.flags().values()) {
            if (!requested.contains(flag.key())) {
                offences.add("flags/registry.yaml: no code asks for the flag " + flag.key() + ".");
            }
            if (flag.isExpired(now)) {
                offences.add("flags/registry.yaml: the flag " + flag.key() + " expired on "
                        + flag.expires().orElseThrow() + "; release or remove the feature.");
            }
        }
        return offences;
    }
}
