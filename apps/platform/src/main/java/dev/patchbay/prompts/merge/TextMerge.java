package dev.patchbay.prompts.merge;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Merges Markdown by sections, and the lines of a section that both sides changed. */
final class TextMerge {

    private static final String BLANK_LINE = "\n\n";

    private final SequencedMap<String, Section> base;
    private final SequencedMap<String, Section> template;
    private final SequencedMap<String, Section> local;
    private final ConflictResolver resolver;
    private final Map<String, List<MergeConflict>> conflicts = new HashMap<>();

    private TextMerge(String base, String template, String local, ConflictResolver resolver) {
        this.base = MarkdownSections.cut(base);
        this.template = MovedSections.align(this.base, MarkdownSections.cut(template));
        this.local = MovedSections.align(this.base, MarkdownSections.cut(local));
        this.resolver = resolver;
    }

    /** Line ends become LF. Where only one side moved, that side's text is taken as it is. */
    static MergeResult merge(String base, String template, String local, ConflictResolver resolver) {
        String old = normalise(base);
        String there = normalise(template);
        String here = normalise(local);
        if (there.equals(old) || there.equals(here)) {
            return new MergeResult(node(here), List.of());
        }
        if (here.equals(old)) {
            return new MergeResult(node(there), List.of());
        }
        return new TextMerge(old, there, here, resolver).merge();
    }

    static JsonNode node(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    private static String normalise(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private MergeResult merge() {
        SectionOrder order = new SectionOrder(base.keySet(), template.keySet(), local.keySet());
        List<MergeConflict> ordered = new ArrayList<>();
        boolean contestGoesToTemplate = false;
        if (order.isContested()) {
            MergeConflict conflict = new MergeConflict(
                    "",
                    ConflictKind.ORDER,
                    node(String.join("\n", order.baseOrder())),
                    node(String.join("\n", order.templateOrder())),
                    node(String.join("\n", order.localOrder())),
                    null);
            ordered.add(conflict);
            contestGoesToTemplate = resolver.takesTemplate(conflict);
        }
        List<Section> sections = new ArrayList<>();
        for (String key : order.merge(contestGoesToTemplate)) {
            mergeSection(key).ifPresent(sections::add);
            ordered.addAll(conflicts.getOrDefault(key, List.of()));
        }
        return new MergeResult(node(join(sections)), List.copyOf(ordered));
    }

    /** Empty when the section is gone. */
    private Optional<Section> mergeSection(String key) {
        Section old = base.get(key);
        Section there = template.get(key);
        Section here = local.get(key);
        if (here == null || there == null) {
            return mergeMissing(key, old, there, here);
        }
        if (there.hasSameLines(here)) {
            return Optional.of(here);
        }
        if (old != null && old.hasSameLines(there)) {
            return Optional.of(here);
        }
        if (old != null && old.hasSameLines(here)) {
            return Optional.of(there);
        }
        LineMerge lines =
                new LineMerge(key, old == null ? List.of() : old.lines(), there.lines(), here.lines(), resolver);
        Section merged = new Section(key, lines.merge(), here.layout());
        conflicts.put(key, lines.conflicts());
        return Optional.of(merged);
    }

    /** One side has the section, the other has not. */
    private Optional<Section> mergeMissing(
            String key, @Nullable Section old, @Nullable Section there, @Nullable Section here) {
        Section left = Objects.requireNonNull(here == null ? there : here);
        if (old == null) {
            return Optional.of(left);
        }
        ConflictKind kind = here == null ? ConflictKind.REMOVED_HERE : ConflictKind.REMOVED_BY_TEMPLATE;
        return old.hasSameLines(left) ? Optional.empty() : ask(key, kind, old, there, here);
    }

    private Optional<Section> ask(
            String key, ConflictKind kind, Section old, @Nullable Section there, @Nullable Section here) {
        MergeConflict conflict = new MergeConflict(
                key,
                kind,
                node(old.text()),
                there == null ? null : node(there.text()),
                here == null ? null : node(here.text()),
                null);
        conflicts.put(key, List.of(conflict));
        JsonNode standing = resolver.resolve(conflict);
        return Optional.ofNullable(standing)
                .map(text -> new Section(key, List.of(text.asString().split("\n", -1)), ""));
    }

    private String join(List<Section> sections) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            text.append(section.text());
            text.append(i == sections.size() - 1 ? ending(section) : separator(section));
        }
        return text.toString();
    }

    /** The separator between a section and the next one: three ways, of those sides in which another follows it. */
    private String separator(Section section) {
        String key = section.key();
        String old = separator(base, key);
        String there = separator(template, key);
        String here = separator(local, key);
        if (here == null || (there != null && here.equals(old))) {
            here = there;
        }
        if (here != null) {
            return here;
        }
        return old == null ? BLANK_LINE : old;
    }

    private static @Nullable String separator(SequencedMap<String, Section> sections, String key) {
        Section section = sections.get(key);
        return section == null || isLast(sections, key) ? null : section.layout();
    }

    private static boolean isLast(SequencedMap<String, Section> sections, String key) {
        return sections.lastEntry().getKey().equals(key);
    }

    /** The end of the text: three ways. A text of blank lines only is its own end. */
    private String ending(Section section) {
        String old = ending(base);
        String there = ending(template);
        String here = ending(local);
        return section.lines().isEmpty() ? section.layout() : here.equals(old) ? there : here;
    }

    private static String ending(SequencedMap<String, Section> sections) {
        var last = sections.lastEntry();
        return last == null ? "" : last.getValue().layout();
    }
}
