package dev.patchbay.flows.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A run's steps as its execution reads them: this pass's steps by pointer, earlier passes' steps by task name. */
final class StepHistory {

    private final Map<String, StepRecord> thisPass = new LinkedHashMap<>();
    private final List<StepRecord> earlierSteps = new ArrayList<>();
    private final Map<String, StepRecord> newestEarlier = new HashMap<>();

    StepHistory(int pass, List<StepRecord> steps) {
        steps.forEach(step -> {
            if (step.pass() == pass) {
                put(step);
            } else {
                earlierSteps.add(step);
                newestEarlier.put(byName(step.id()), step);
            }
        });
    }

    private static String byPointer(StepId step) {
        return step.pointer() + "#" + step.iteration();
    }

    private static String byName(StepId step) {
        return step.name() + "#" + step.iteration();
    }

    void put(StepRecord step) {
        thisPass.put(byPointer(step.id()), step);
    }

    Optional<StepRecord> find(StepId step) {
        return Optional.ofNullable(thisPass.get(byPointer(step)));
    }

    /** The step of that name in the newest earlier pass that reached it, if it completed and was not undone. */
    Optional<StepRecord> findCompletedEarlier(StepId step) {
        return Optional.ofNullable(newestEarlier.get(byName(step)))
                .filter(earlier -> earlier.isCompleted() && !earlier.undone());
    }

    /** As above, where it called the same function with the same input. */
    Optional<StepRecord> findReusable(StepId step, String call, JsonNode input) {
        return findCompletedEarlier(step)
                .filter(earlier -> call.equals(earlier.call()) && input.equals(earlier.input()));
    }

    /** The step of that name in the newest earlier pass, if it called the function with the input as written and did not fail. */
    Optional<StepRecord> findUnread(StepId step, String call, JsonNode written) {
        return Optional.ofNullable(newestEarlier.get(byName(step)))
                .filter(earlier -> !earlier.isFailed())
                .filter(earlier -> call.equals(earlier.call()) && written.equals(earlier.input()));
    }

    /** The outputs of completed calls whose function begins with that text, in any pass. */
    Stream<JsonNode> outputsOf(String prefix) {
        return Stream.concat(earlierSteps.stream(), thisPass.values().stream())
                .filter(StepRecord::isCompleted)
                .filter(step -> {
                    String call = step.call();
                    return call != null && call.startsWith(prefix);
                })
                .flatMap(step -> Optional.ofNullable(step.output()).stream());
    }

    /** The newest step of each effect that this run made or may have made, in any pass, oldest first. */
    List<StepRecord> stepsWithEffects() {
        Map<String, StepRecord> byEffect = new LinkedHashMap<>();
        Stream.concat(earlierSteps.stream(), thisPass.values().stream())
                .filter(step -> step.effectKey() != null)
                .forEach(step -> byEffect.put(step.effectKey(), step));
        return List.copyOf(byEffect.values());
    }
}
