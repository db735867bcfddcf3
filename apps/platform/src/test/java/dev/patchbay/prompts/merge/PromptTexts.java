package dev.patchbay.prompts.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated prompts and edits of them. Lines are unique, so that a test can follow each. */
final class PromptTexts {

    private PromptTexts() {}

    static String random(Random random) {
        StringBuilder text = new StringBuilder();
        int line = 0;
        if (random.nextInt(4) == 0) {
            text.append("Preamble ").append(line++).append('\n').append("\n".repeat(random.nextInt(3)));
        }
        for (int section = random.nextInt(5); section >= 0; section--) {
            // Sections of one name are told apart by their number, so removing the first renames the second.
            text.append("#".repeat(1 + random.nextInt(3)))
                    .append(" S")
                    .append(section)
                    .append('\n');
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(random.nextInt(6) == 0 ? "" : "Line " + line++).append('\n');
            }
            if (random.nextInt(6) == 0) {
                text.append("```\n# no heading ").append(line++).append("\n```\n");
            }
            text.append("\n".repeat(random.nextInt(3)));
        }
        return random.nextInt(5) == 0 ? text.toString().stripTrailing() : text.toString();
    }

    /**
     * Edits lines under headings, and adds, removes and moves whole sections. A heading that is put into the middle of a section
     * makes the lines below it lines of a new one, which no three-way merge can follow.
     */
    static String edit(String text, Random random, String side) {
        List<Section> sections = new ArrayList<>(MarkdownSections.cut(text).values());
        for (int i = random.nextInt(4); i > 0; i--) {
            // Text before the first heading stays there.
            int first = sections.isEmpty() || sections.getFirst().text().startsWith("#") ? 0 : 1;
            int at = first == sections.size() ? first : random.nextInt(first, sections.size());
            int operation = random.nextInt(8);
            if (at == sections.size() || operation == 0) {
                String heading =
                        "#".repeat(1 + random.nextInt(3)) + " " + side + " section " + random.nextInt(1_000_000);
                sections.add(at, section(List.of(heading, side + " line " + random.nextInt(1_000_000))));
            } else if (operation == 1 && sections.size() > 1) {
                sections.remove(at);
            } else if (operation == 2) {
                sections.add(random.nextInt(first, sections.size()), sections.remove(at));
            } else {
                List<String> lines = sections.get(at).lines();
                if (lines.size() > 1) {
                    List<String> edited = new ArrayList<>(lines.subList(0, 1));
                    edited.addAll(editLines(lines.subList(1, lines.size()), random, side));
                    sections.set(at, section(edited));
                }
            }
        }
        StringBuilder edited = new StringBuilder();
        sections.forEach(
                section -> edited.append(section.text()).append(section.layout().isEmpty() ? "\n" : section.layout()));
        return edited.toString();
    }

    private static Section section(List<String> lines) {
        return new Section("", lines, "\n\n");
    }

    static List<String> randomLines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            lines.add(random.nextInt(5) == 0 ? "" : "line " + random.nextInt(20));
        }
        return lines;
    }

    static List<String> editLines(List<String> lines, Random random, String side) {
        List<String> edited = new ArrayList<>(lines);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(edited.size());
            if (edited.get(at).startsWith("```") || edited.get(at).startsWith("#")) {
                continue;
            }
            switch (random.nextInt(4)) {
                case 0 -> edited.set(at, side + " changed " + random.nextInt(1_000_000));
                case 1 -> edited.add(at, side + " added " + random.nextInt(1_000_000));
                case 2 -> {
                    if (edited.size() > 1) {
                        edited.remove(at);
                    }
                }
                default -> edited.add(at, "Both " + random.nextInt(3));
            }
        }
        return edited;
    }
}
