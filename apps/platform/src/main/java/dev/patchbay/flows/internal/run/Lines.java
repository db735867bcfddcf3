package dev.patchbay.flows.internal.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A run's journal as a walk reads it: this pass's lines by their place, earlier passes' by what they are called. */
final class Lines {

    private final Map<String, Line> here = new LinkedHashMap<>();
    private final List<Line> earlier = new ArrayList<>();
    private final Map<String, Line> before = new HashMap<>();

    Lines(int pass, List<Line> lines) {
        lines.forEach(line -> {
            if (line.pass() == pass) {
                put(line);
            } else {
                earlier.add(line);
                before.put(name(line.step()), line);
            }
        });
    }

    private static String place(StepId step) {
        return step.pointer() + "#" + step.iteration();
    }

    private static String name(StepId step) {
        return step.name() + "#" + step.iteration();
    }

    void put(Line line) {
        here.put(place(line.step()), line);
    }

    Optional<Line> find(StepId step) {
        return Optional.ofNullable(here.get(place(step)));
    }

    /** What the newest earlier pass that came to a step of that name made of it, if it completed and still stands. */
    Optional<Line> completedBefore(StepId step) {
        return Optional.ofNullable(before.get(name(step))).filter(line -> line.is("completed") && !line.undone());
    }

    /** As above, where it was asked for the same. */
    Optional<Line> reusable(StepId step, String call, JsonNode input) {
        return completedBefore(step).filter(line -> call.equals(line.call()) && input.equals(line.input()));
    }

    /** What this run did through the ledger in any pass, or may have: of each act the newest line, in order. */
    List<Line> acted() {
        Map<String, Line> acts = new LinkedHashMap<>();
        Stream.concat(earlier.stream(), here.values().stream())
                .filter(line -> line.effectKey() != null)
                .forEach(line -> acts.put(line.effectKey(), line));
        return List.copyOf(acts.values());
    }
}
