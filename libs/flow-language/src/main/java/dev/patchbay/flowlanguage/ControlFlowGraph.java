package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The ways a run can take through a flow, as a graph: each task has a point where it begins and one where it is done.
 * Conditions are not weighed: whatever could be true is a way.
 */
final class ControlFlowGraph {

    /** Where the run begins, and where it has ended. */
    static final int START = 0;

    static final int END = 1;

    /** Where an error that nothing caught ends it. */
    private static final int FAILED = 2;

    private final List<List<Integer>> successors = new ArrayList<>();
    private final Map<String, Integer> entryPoints = new HashMap<>();
    private final Map<String, Integer> exitPoints = new HashMap<>();
    private final Map<String, Integer> handlerPoints = new HashMap<>();
    private final Map<String, BitSet> reachableAfter = new HashMap<>();
    private final Map<String, BitSet> reachableWithout = new HashMap<>();

    ControlFlowGraph(JsonNode root) {
        for (int point = START; point <= FAILED; point++) {
            successors.add(new ArrayList<>());
        }
        addEdge(START, addTasks(root.path("do"), "/do", END, FAILED));
    }

    /** Where the task begins. Tasks are given by their pointers. */
    int entryPoint(String task) {
        return entryPoints.getOrDefault(task, END);
    }

    /** Where the task has its result. */
    int exitPoint(String task) {
        return exitPoints.getOrDefault(task, END);
    }

    /** Where the task's handler has an error in hand. */
    int handlerPoint(String task) {
        return handlerPoints.getOrDefault(task, END);
    }

    /** Whether the task can be done before the run gets to the point. */
    boolean canPrecede(String task, int point) {
        return reachableAfter.computeIfAbsent(task, key -> reachableFrom(exitPoint(key), -1)).get(point);
    }

    /** Whether the run can get to the point without the task having been done. */
    boolean canBypass(String task, int point) {
        return reachableWithout
                .computeIfAbsent(task, key -> reachableFrom(START, exitPoint(key)))
                .get(point);
    }

    /** What can be reached from a point by one step or more, without passing the one to avoid. */
    private BitSet reachableFrom(int from, int avoided) {
        BitSet seen = new BitSet(successors.size());
        traverse(from, avoided, seen);
        return seen;
    }

    private void traverse(int from, int avoided, BitSet seen) {
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (int next : successors.get(open.pop())) {
                if (next != avoided && !seen.get(next)) {
                    seen.set(next);
                    open.push(next);
                }
            }
        }
    }

    /** The tasks to which no way leads, without those that only follow such a one. */
    List<String> unreachableTasks(List<String> tasks) {
        BitSet seen = reachableFrom(START, -1);
        List<String> unreachable = new ArrayList<>();
        for (String task : tasks) {
            if (!seen.get(entryPoint(task))) {
                unreachable.add(task);
                seen.set(entryPoint(task));
                traverse(entryPoint(task), -1, seen);
            }
        }
        return unreachable;
    }

    private int addPoint() {
        successors.add(new ArrayList<>());
        return successors.size() - 1;
    }

    private void addEdge(int from, int to) {
        successors.get(from).add(to);
    }

    /** Lays out a list of tasks; answers where it begins.
     *
     * @param after where the run goes when the list is done
     * @param failed where an error goes */
    private int addTasks(JsonNode tasks, String pointer, int after, int failed) {
        List<String> places = new ArrayList<>();
        Map<String, Integer> entryByName = new HashMap<>();
        for (JsonNode item : tasks) {
            String name = item.propertyNames().iterator().next();
            String place = SourceTree.child(pointer + "/" + places.size(), name);
            places.add(place);
            entryPoints.put(place, addPoint());
            exitPoints.put(place, addPoint());
            entryByName.putIfAbsent(name, entryPoint(place));
        }
        for (int index = 0; index < places.size(); index++) {
            int next = index + 1 < places.size() ? entryPoint(places.get(index + 1)) : after;
            Targets targets = new Targets(entryByName, next, after);
            addTask(tasks.get(index).iterator().next(), places.get(index), targets, failed);
        }
        return places.isEmpty() ? after : entryPoint(places.getFirst());
    }

    /** Where {@code then} leads within a list. */
    private record Targets(Map<String, Integer> entryByName, int next, int after) {
        int resolve(JsonNode then) {
            return switch (Then.of(then.asString("continue"))) {
                case Then.Continue _ -> next;
                case Then.Exit _ -> after;
                case Then.End _ -> END;
                case Then.Named target -> entryByName.getOrDefault(target.task(), next);
            };
        }
    }

    private void addTask(JsonNode body, String place, Targets targets, int failed) {
        int entry = entryPoint(place);
        int exit = exitPoint(place);
        addEdge(entry, failed);
        if (body.has("if")) {
            addEdge(entry, targets.next());
        }
        switch (TaskKind.of(body)) {
            case CALL, SET, WAIT -> addEdge(entry, exit);
            case RAISE -> {}
            case SWITCH -> {
                addEdge(entry, exit);
                addCases(body, exit, targets);
                return;
            }
            case DO -> addEdge(entry, addTasks(body.path("do"), place + "/do", exit, failed));
            case TRY -> addTry(body, place, failed);
        }
        addEdge(exit, targets.resolve(body.path("then")));
    }

    private void addCases(JsonNode body, int exit, Targets targets) {
        for (JsonNode item : body.path("switch")) {
            JsonNode choice = item.iterator().next();
            addEdge(exit, targets.resolve(choice.path("then")));
            if (!choice.has("when")) {
                return;
            }
        }
        addEdge(exit, targets.resolve(body.path("then")));
    }

    private void addTry(JsonNode body, String place, int failed) {
        int handlerPoint = addPoint();
        handlerPoints.put(place, handlerPoint);
        int tryEntry = addTasks(body.path("try"), place + "/try", exitPoint(place), handlerPoint);
        addEdge(entryPoint(place), tryEntry);
        addEdge(handlerPoint, failed);
        if (body.path("catch").has("retry")) {
            addEdge(handlerPoint, tryEntry);
        }
        addEdge(handlerPoint, addTasks(body.at("/catch/do"), place + "/catch/do", exitPoint(place), failed));
    }
}
