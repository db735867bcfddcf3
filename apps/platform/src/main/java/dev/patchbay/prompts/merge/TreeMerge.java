package dev.patchbay.prompts.merge;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges trees: objects by member, arrays by the identity of their elements or as sets, everything else whole. */
final class TreeMerge {

    private final ConflictResolver resolver;
    private final List<MergeConflict> conflicts = new ArrayList<>();

    private TreeMerge(ConflictResolver resolver) {
        this.resolver = resolver;
    }

    static MergeResult merge(JsonNode base, JsonNode template, JsonNode local, ConflictResolver resolver) {
        if (JsonTrees.areEqual(template, base) || JsonTrees.areEqual(template, local)) {
            return new MergeResult(local, List.of());
        }
        if (JsonTrees.areEqual(local, base)) {
            return new MergeResult(template, List.of());
        }
        TreeMerge merge = new TreeMerge(resolver);
        JsonNode merged = merge.mergeValue(
                "", "", JsonTrees.present(base), JsonTrees.present(template), JsonTrees.present(local));
        return new MergeResult(merged == null ? Json.MAPPER.nullNode() : merged, List.copyOf(merge.conflicts));
    }

    /** Returns null when nothing stands there. */
    private @Nullable JsonNode mergeValue(
            String at, String member, @Nullable JsonNode base, @Nullable JsonNode template, @Nullable JsonNode local) {
        if (JsonTrees.areEqual(template, local) || JsonTrees.areEqual(template, base)) {
            return local;
        }
        if (JsonTrees.areEqual(local, base)) {
            return template;
        }
        if (local == null) {
            return ask(at, ConflictKind.REMOVED_HERE, base, template, null);
        }
        if (template == null) {
            return ask(at, ConflictKind.REMOVED_BY_TEMPLATE, base, null, local);
        }
        if (template.isObject() && local.isObject() && (base == null || base.isObject())) {
            return mergeObject(at, base, template, local);
        }
        if (template.isArray() && local.isArray() && (base == null || base.isArray())) {
            if (ArrayIdentity.isSet(member)) {
                return mergeSet(base, template, local);
            }
            Optional<JsonNode> merged =
                    ArrayIdentity.find(member).flatMap(identity -> mergeElements(at, identity, base, template, local));
            if (merged.isPresent()) {
                return merged.get();
            }
        }
        return ask(at, base == null ? ConflictKind.BOTH_ADDED : ConflictKind.BOTH_CHANGED, base, template, local);
    }

    private JsonNode mergeObject(String at, @Nullable JsonNode base, JsonNode template, JsonNode local) {
        ObjectNode merged = Json.object();
        Set<String> members = new LinkedHashSet<>(local.propertyNames());
        members.addAll(template.propertyNames());
        for (String member : members) {
            JsonNode value = mergeValue(
                    at + "/" + ArrayIdentity.escape(member),
                    member,
                    base == null ? null : JsonTrees.present(base.path(member)),
                    JsonTrees.present(template.path(member)),
                    JsonTrees.present(local.path(member)));
            if (value != null) {
                merged.set(member, value);
            }
        }
        return merged;
    }

    /** Every value that either side added is there, none that either removed. */
    private static JsonNode mergeSet(@Nullable JsonNode base, JsonNode template, JsonNode local) {
        List<JsonNode> old = base == null ? List.of() : base.valueStream().toList();
        List<JsonNode> there = template.valueStream().toList();
        List<JsonNode> here = local.valueStream().toList();
        List<JsonNode> merged = new ArrayList<>();
        here.stream()
                .filter(value -> !JsonTrees.contains(merged, value))
                .filter(value -> JsonTrees.contains(there, value) || !JsonTrees.contains(old, value))
                .forEachOrdered(merged::add);
        there.stream()
                .filter(value -> !JsonTrees.contains(merged, value) && !JsonTrees.contains(old, value))
                .forEachOrdered(merged::add);
        return array(merged);
    }

    /** Empty when an element of one side cannot be told from another. */
    private Optional<JsonNode> mergeElements(
            String at, String identity, @Nullable JsonNode base, JsonNode template, JsonNode local) {
        var old = ArrayIdentity.index(base, identity);
        var there = ArrayIdentity.index(template, identity);
        var here = ArrayIdentity.index(local, identity);
        return old.isEmpty() || there.isEmpty() || here.isEmpty()
                ? Optional.empty()
                : Optional.of(mergeElements(at, identity, old.get(), there.get(), here.get()));
    }

    private JsonNode mergeElements(
            String at,
            String identity,
            SequencedMap<String, JsonNode> base,
            SequencedMap<String, JsonNode> template,
            SequencedMap<String, JsonNode> local) {
        SectionOrder order = new SectionOrder(base.keySet(), template.keySet(), local.keySet());
        boolean contestGoesToTemplate = false;
        if (order.isContested()) {
            MergeConflict conflict = new MergeConflict(
                    at,
                    ConflictKind.ORDER,
                    ArrayIdentity.texts(order.baseOrder()),
                    ArrayIdentity.texts(order.templateOrder()),
                    ArrayIdentity.texts(order.localOrder()),
                    null);
            conflicts.add(conflict);
            contestGoesToTemplate = resolver.takesTemplate(conflict);
        }
        List<JsonNode> merged = new ArrayList<>();
        for (String id : order.merge(contestGoesToTemplate)) {
            JsonNode element = mergeValue(
                    at + "/" + ArrayIdentity.segment(identity, id), "", base.get(id), template.get(id), local.get(id));
            if (element != null) {
                merged.add(element);
            }
        }
        return array(merged);
    }

    private @Nullable JsonNode ask(
            String at,
            ConflictKind kind,
            @Nullable JsonNode base,
            @Nullable JsonNode template,
            @Nullable JsonNode local) {
        MergeConflict conflict = new MergeConflict(at, kind, base, template, local, null);
        conflicts.add(conflict);
        return resolver.resolve(conflict);
    }

    private static JsonNode array(List<JsonNode> values) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        array.addAll(values);
        return array;
    }
}
