package dev.patchbay.prompts.format;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A semantic version of a template.
 *
 * @param major raised when clients must act: a variable was removed, changed its type or became required
 * @param minor raised when something was added: a variable, a tool, a state, a node
 * @param patch raised by every other change
 */
public record TemplateVersion(int major, int minor, int patch) implements Comparable<TemplateVersion> {

    private static final TemplateVersion FIRST = new TemplateVersion(1, 0, 0);

    /** Empty when the text is not of the form 1.2.0. */
    public static Optional<TemplateVersion> parse(String text) {
        if (!text.matches("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}")) {
            return Optional.empty();
        }
        int[] numbers =
                Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return Optional.of(new TemplateVersion(numbers[0], numbers[1], numbers[2]));
    }

    /** The first version: the file's own. */
    public static TemplateVersion first(PromptFile file) {
        return parse(file.version()).orElse(FIRST);
    }

    /** The lowest version that the draft may have after this one. */
    public TemplateVersion next(PromptFile released, PromptFile draft) {
        if (needsActionOfClients(released, draft)) {
            return new TemplateVersion(major + 1, 0, 0);
        }
        return names(released).containsAll(names(draft))
                ? new TemplateVersion(major, minor, patch + 1)
                : new TemplateVersion(major, minor + 1, 0);
    }

    private static boolean needsActionOfClients(PromptFile released, PromptFile draft) {
        boolean lostOrRetyped = released.variables().entrySet().stream().anyMatch(before -> {
            Variable after = draft.variables().get(before.getKey());
            return after == null || after.type() != before.getValue().type();
        });
        return lostOrRetyped
                || draft.variables().entrySet().stream()
                        .filter(after -> after.getValue().required())
                        .anyMatch(after -> Optional.ofNullable(
                                        released.variables().get(after.getKey()))
                                .filter(Variable::required)
                                .isEmpty());
    }

    private static Set<String> names(PromptFile file) {
        Set<String> names = new HashSet<>(file.parts().keySet());
        file.variables().keySet().forEach(variable -> names.add("variable " + variable));
        for (String array : new String[] {"general_tools", "tools", "states", "nodes"}) {
            for (JsonNode element : file.settings().path(array)) {
                names.add(array + " "
                        + element.path(array.equals("nodes") ? "id" : "name").asString(""));
            }
        }
        return names;
    }

    @Override
    public int compareTo(TemplateVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
