package dev.patchbay.prompts.format;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.prompts.merge.MergeConflict;
import dev.patchbay.prompts.merge.MergeKind;
import dev.patchbay.prompts.merge.MergeResult;
import dev.patchbay.prompts.merge.PromptMerge;
import dev.patchbay.prompts.merge.Resolution;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges whole files: the front matter as trees, each part as text. */
public final class PromptFileMerge {

    private static final String FRONT_MATTER = "front matter";

    private final PromptFile base;
    private final PromptFile template;
    private final PromptFile local;
    private final @Nullable List<Resolution> resolutions;
    private final List<PlacedConflict> conflicts = new ArrayList<>();

    private PromptFileMerge(
            PromptFile base, PromptFile template, PromptFile local, @Nullable List<Resolution> resolutions) {
        this.base = base;
        this.template = template;
        this.local = local;
        this.resolutions = resolutions;
    }

    /** @param part of the file; {@code front matter} for settings and variables */
    public record PlacedConflict(String part, MergeConflict conflict) {}

    public record FileMerge(PromptFile merged, List<PlacedConflict> conflicts) {}

    /**
     * Merges; the local side stands in conflicts.
     *
     * @param resolutions one for each conflict; null when none are decided
     * @throws IllegalArgumentException when they are not as many as conflicts
     */
    public static FileMerge merge(
            PromptFile base, PromptFile template, PromptFile local, @Nullable List<Resolution> resolutions) {
        PromptFileMerge merge = new PromptFileMerge(base, template, local, resolutions);
        FileMerge result = merge.merge();
        if (resolutions != null && resolutions.size() != result.conflicts().size()) {
            throw new IllegalArgumentException("a resolution is missing, or there is one too many");
        }
        return result;
    }

    private FileMerge merge() {
        JsonNode front = mergeDocument(FRONT_MATTER, MergeKind.JSON, front(base), front(template), front(local));
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(local.parts().keySet());
        names.addAll(template.parts().keySet());
        for (String name : names) {
            parts.put(name, mergePart(name));
        }
        ObjectNode settings = (ObjectNode) front.path("settings");
        dropDigests(settings, parts);
        return new FileMerge(
                new PromptFile(
                        local.name(),
                        template.version(),
                        VariableReader.read(front.path("variables"), Map.of(), new ArrayList<>()),
                        local.engine(),
                        (ObjectNode) front.path("agent"),
                        settings,
                        parts,
                        Map.of()),
                List.copyOf(conflicts));
    }

    /** The front matter as one tree. In the place of a part stands its digest, so that removing a state meets an edit of its text. */
    private static ObjectNode front(PromptFile file) {
        ObjectNode front = Json.object();
        front.set("variables", VariableReader.write(file.variables()));
        front.set("agent", file.agent());
        ObjectNode settings = file.settings().deepCopy();
        PromptParts.places(file.engine(), settings)
                .forEach((part, place) -> place.text()
                        .filter(PromptFile.PART::equals)
                        .ifPresent(marker -> place.holder()
                                .put(place.member(), digest(file.parts().getOrDefault(part, "")))));
        front.set("settings", settings);
        return front;
    }

    private static String digest(String text) {
        return PromptFile.PART + " " + HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(text)));
    }

    private static void dropDigests(ObjectNode settings, SequencedMap<String, String> parts) {
        Set<String> used = new LinkedHashSet<>();
        for (Engine engine : Engine.values()) {
            PromptParts.places(engine, settings)
                    .forEach((part, place) -> place.text()
                            .filter(text -> text.startsWith(PromptFile.PART))
                            .ifPresent(text -> {
                                place.holder().put(place.member(), PromptFile.PART);
                                parts.putIfAbsent(part, "");
                                used.add(part);
                            }));
        }
        parts.keySet().removeIf(part -> !used.contains(part) && !part.equals(PromptFile.GENERAL));
    }

    private String mergePart(String name) {
        String here = local.parts().get(name);
        String there = template.parts().get(name);
        if (here == null || there == null) {
            // Whether it stays is decided with its state or node in the front matter.
            return here == null ? String.valueOf(there) : here;
        }
        return mergeDocument(
                        name,
                        MergeKind.TEXT,
                        Json.tree(base.parts().getOrDefault(name, "")),
                        Json.tree(there),
                        Json.tree(here))
                .asString();
    }

    private JsonNode mergeDocument(String part, MergeKind kind, JsonNode old, JsonNode there, JsonNode here) {
        MergeResult undecided = PromptMerge.merge(kind, old, there, here);
        List<Resolution> decided = new ArrayList<>();
        for (MergeConflict conflict : undecided.conflicts()) {
            if (isOfDigests(conflict)) {
                // The texts themselves are merged as parts.
                decided.add(new Resolution.KeepLocal());
            } else {
                conflicts.add(new PlacedConflict(part, conflict));
                decided.add(
                        resolutions != null && conflicts.size() <= resolutions.size()
                                ? resolutions.get(conflicts.size() - 1)
                                : new Resolution.KeepLocal());
            }
        }
        return PromptMerge.merge(kind, old, there, here, decided).merged();
    }

    private static boolean isOfDigests(MergeConflict conflict) {
        return isDigest(conflict.template()) && isDigest(conflict.local());
    }

    private static boolean isDigest(@Nullable JsonNode value) {
        return value != null && value.isString() && value.asString().startsWith(PromptFile.PART + " ");
    }
}
