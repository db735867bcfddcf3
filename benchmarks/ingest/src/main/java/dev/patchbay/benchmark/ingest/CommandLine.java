package dev.patchbay.benchmark.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the command line says, as {@code --name value} pairs. */
final class CommandLine {

    private final Map<String, String> values = new HashMap<>();

    CommandLine(List<String> words) {
        if (words.size() % 2 != 0) {
            throw new IllegalArgumentException("Options come in pairs: --name value");
        }
        for (int i = 0; i < words.size(); i += 2) {
            if (!words.get(i).startsWith("--")) {
                throw new IllegalArgumentException("An option begins with two dashes: " + words.get(i));
            }
            values.put(words.get(i).substring(2), words.get(i + 1));
        }
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }
}
