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
final class StepHistory {

    private final Map<String, StepRecord> here = new LinkedHashMap<>();
    private final List<StepRecord> earlier = new ArrayList<>();
    private final Map<String, StepRecord> before = new HashMap<>();

    StepHistory(int pass, List<StepRecord> lines) {
        lines.forEach(stepRecord -> {
            if (stepRecord.pass() == pass) {
                put(stepRecord);
            } else {
                earlier.add(stepRecord);
                before.put(name(stepRecord.step()), stepRecord);
            }
        });
    }

    private static String place(StepId step) {
        return step.pointer() + "#" + step.iteration();
    }

    private static String name(StepId step) {
        return step.name() + "#" + step.iteration();
    }

    void put(StepRecord stepRecord) {
        here.put(place(stepRecord.step()), stepRecord);
    }

    Optional<StepRecord> find(StepId step) {
        return Optional.ofNullable(here.get(place(step)));
    }

    /** What the newest earlier pass that came to a step of that name made of it, if it completed and still stands. */
    Optional<StepRecord> completedBefore(StepId step) {
        return Optional.ofNullable(before.get(name(step)))
                .filter(stepRecord -> stepRecord.is("completed") && !stepRecord.undone());
    }

    /** As above, where it was asked for the same. */
    Optional<StepRecord> reusable(StepId step, String call, JsonNode input) {
        return completedBefore(step)
                .filter(stepRecord -> call.equals(stepRecord.call()) && input.equals(stepRecord.input()));
    }

    /** What this run did through the ledger in any pass, or may have: of each act the newest line, in order. */
    List<StepRecord> acted() {
        Map<String, StepRecord> acts = new LinkedHashMap<>();
        Stream.concat(earlier.stream(), here.values().stream())
                .filter(stepRecord -> stepRecord.effectKey() != null)
                .forEach(stepRecord -> acts.put(stepRecord.effectKey(), stepRecord));
        return List.copyOf(acts.values());
    }
}
