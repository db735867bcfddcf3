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
 * The control-flow graph of a flow: each task has an entry point and an exit point, and an edge joins two points that a run can pass
 * one after the other. Conditions are not evaluated: each branch counts as possible. Tasks are identified by their JSON pointers.
 */
final class ControlFlowGraph {

    /** The point where the run starts. */
    static final int START = 0;

    /** The point where the run has ended. */
    static final int END = 1;

    /** The point where an uncaught error ends the run. */
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

    /** The point before the task runs. */
    int entryPoint(String task) {
        return entryPoints.getOrDefault(task, END);
    }

    /** The point at which the task has its result. */
    int exitPoint(String task) {
        return exitPoints.getOrDefault(task, END);
    }

    /** The point at which the task's {@code catch} has an error. */
    int handlerPoint(String task) {
        return handlerPoints.getOrDefault(task, END);
    }

    /** Whether the task can be complete when the run reaches the point. */
    boolean canPrecede(String task, int point) {
        return reachableAfter
                .computeIfAbsent(task, key -> reachableFrom(exitPoint(key), -1))
                .get(point);
    }

    /** Whether the run can reach the point without having completed the task. */
    boolean canBypass(String task, int point) {
        return reachableWithout
                .computeIfAbsent(task, key -> reachableFrom(START, exitPoint(key)))
                .get(point);
    }

    /** The points that can be reached over one edge or more, without passing the avoided point; -1 avoids none. */
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

    /** Finds the tasks that no run reaches. Of a chain of such tasks only the first counts: the others follow from it. */
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

    /**
     * Adds a list of tasks and returns its entry point.
     *
     * @param after the point that follows the list
     * @param failed the point to which an error leads
     */
    private int addTasks(JsonNode tasks, String listPointer, int after, int failed) {
        List<String> pointers = new ArrayList<>();
        Map<String, Integer> entryByName = new HashMap<>();
        for (JsonNode item : tasks) {
            String name = item.propertyNames().iterator().next();
            String pointer = SourceTree.child(listPointer + "/" + pointers.size(), name);
            pointers.add(pointer);
            entryPoints.put(pointer, addPoint());
            exitPoints.put(pointer, addPoint());
            entryByName.putIfAbsent(name, entryPoint(pointer));
        }
        for (int index = 0; index < pointers.size(); index++) {
            int next = index + 1 < pointers.size() ? entryPoint(pointers.get(index + 1)) : after;
            Targets targets = new Targets(entryByName, next, after);
            addTask(tasks.get(index).iterator().next(), pointers.get(index), targets, failed);
        }
        return pointers.isEmpty() ? after : entryPoint(pointers.getFirst());
    }

    /** The points to which {@code then} can lead from a task of a list. */
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

    private void addTask(JsonNode body, String pointer, Targets targets, int failed) {
        int entry = entryPoint(pointer);
        int exit = exitPoint(pointer);
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
            case DO -> addEdge(entry, addTasks(body.path("do"), pointer + "/do", exit, failed));
            case TRY -> addTry(body, pointer, failed);
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

    private void addTry(JsonNode body, String pointer, int failed) {
        int handlerPoint = addPoint();
        handlerPoints.put(pointer, handlerPoint);
        int tryEntry = addTasks(body.path("try"), pointer + "/try", exitPoint(pointer), handlerPoint);
        addEdge(entryPoint(pointer), tryEntry);
        addEdge(handlerPoint, failed);
        if (body.path("catch").has("retry")) {
            addEdge(handlerPoint, tryEntry);
        }
        addEdge(handlerPoint, addTasks(body.at("/catch/do"), pointer + "/catch/do", exitPoint(pointer), failed));
    }
}
