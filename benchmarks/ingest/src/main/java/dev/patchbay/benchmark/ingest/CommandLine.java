package dev.patchbay.benchmark.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of the command line, as {@code --name value} pairs. */
final class CommandLine {

    private final Map<String, String> values = new HashMap<>();

    CommandLine(List<String> arguments) {
        if (arguments.size() % 2 != 0) {
            throw new IllegalArgumentException("Options come in pairs: --name value");
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!arguments.get(i).startsWith("--")) {
                throw new IllegalArgumentException("An option begins with two dashes: " + arguments.get(i));
            }
            values.put(arguments.get(i).substring(2), arguments.get(i + 1));
        }
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    String text(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    int number(String name, int defaultValue) {
        return Integer.parseInt(text(name, Integer.toString(defaultValue)));
    }
}
