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

    private final List<List<Integer>> ways = new ArrayList<>();
    private final Map<String, Integer> begins = new HashMap<>();
    private final Map<String, Integer> done = new HashMap<>();
    private final Map<String, Integer> caught = new HashMap<>();
    private final Map<String, BitSet> reachedFrom = new HashMap<>();
    private final Map<String, BitSet> reachedWithout = new HashMap<>();

    ControlFlowGraph(JsonNode root) {
        for (int point = START; point <= FAILED; point++) {
            ways.add(new ArrayList<>());
        }
        way(START, list(root.path("do"), "/do", END, FAILED));
    }

    /** Where the task begins. Tasks are given by their pointers. */
    int begin(String task) {
        return begins.getOrDefault(task, END);
    }

    /** Where the task has its result. */
    int done(String task) {
        return done.getOrDefault(task, END);
    }

    /** Where the task's handler has an error in hand. */
    int caught(String task) {
        return caught.getOrDefault(task, END);
    }

    /** Whether the task can be done before the run gets to the point. */
    boolean canPrecede(String task, int point) {
        return reachedFrom.computeIfAbsent(task, key -> reached(done(key), -1)).get(point);
    }

    /** Whether the run can get to the point without the task having been done. */
    boolean canMiss(String task, int point) {
        return reachedWithout
                .computeIfAbsent(task, key -> reached(START, done(key)))
                .get(point);
    }

    /** What can be reached from a point by one step or more, without passing the one to avoid. */
    private BitSet reached(int from, int avoided) {
        BitSet seen = new BitSet(ways.size());
        follow(from, avoided, seen);
        return seen;
    }

    private void follow(int from, int avoided, BitSet seen) {
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (int next : ways.get(open.pop())) {
                if (next != avoided && !seen.get(next)) {
                    seen.set(next);
                    open.push(next);
                }
            }
        }
    }

    /** The tasks to which no way leads, without those that only follow such a one. */
    List<String> unreachable(List<String> tasks) {
        BitSet seen = reached(START, -1);
        List<String> lost = new ArrayList<>();
        for (String task : tasks) {
            if (!seen.get(begin(task))) {
                lost.add(task);
                seen.set(begin(task));
                follow(begin(task), -1, seen);
            }
        }
        return lost;
    }

    private int point() {
        ways.add(new ArrayList<>());
        return ways.size() - 1;
    }

    private void way(int from, int to) {
        ways.get(from).add(to);
    }

    /** Lays out a list of tasks; answers where it begins.
     *
     * @param after where the run goes when the list is done
     * @param failed where an error goes */
    private int list(JsonNode tasks, String pointer, int after, int failed) {
        List<String> places = new ArrayList<>();
        Map<String, Integer> named = new HashMap<>();
        for (JsonNode item : tasks) {
            String name = item.propertyNames().iterator().next();
            String place = SourceTree.child(pointer + "/" + places.size(), name);
            places.add(place);
            begins.put(place, point());
            done.put(place, point());
            named.putIfAbsent(name, begin(place));
        }
        for (int index = 0; index < places.size(); index++) {
            int next = index + 1 < places.size() ? begin(places.get(index + 1)) : after;
            Targets targets = new Targets(named, next, after);
            task(tasks.get(index).iterator().next(), places.get(index), targets, failed);
        }
        return places.isEmpty() ? after : begin(places.getFirst());
    }

    /** Where {@code then} leads within a list. */
    private record Targets(Map<String, Integer> named, int next, int after) {
        int of(JsonNode then) {
            return switch (Then.of(then.asString("continue"))) {
                case Then.Continue _ -> next;
                case Then.Exit _ -> after;
                case Then.End _ -> END;
                case Then.Named target -> named.getOrDefault(target.task(), next);
            };
        }
    }

    private void task(JsonNode body, String place, Targets targets, int failed) {
        int begin = begin(place);
        int done = done(place);
        way(begin, failed);
        if (body.has("if")) {
            way(begin, targets.next());
        }
        switch (TaskKind.of(body)) {
            case CALL, SET, WAIT -> way(begin, done);
            case RAISE -> {}
            case SWITCH -> {
                way(begin, done);
                choices(body, done, targets);
                return;
            }
            case DO -> way(begin, list(body.path("do"), place + "/do", done, failed));
            case TRY -> attempt(body, place, failed);
        }
        way(done, targets.of(body.path("then")));
    }

    private void choices(JsonNode body, int done, Targets targets) {
        for (JsonNode item : body.path("switch")) {
            JsonNode choice = item.iterator().next();
            way(done, targets.of(choice.path("then")));
            if (!choice.has("when")) {
                return;
            }
        }
        way(done, targets.of(body.path("then")));
    }

    private void attempt(JsonNode body, String place, int failed) {
        int handler = point();
        caught.put(place, handler);
        int tried = list(body.path("try"), place + "/try", done(place), handler);
        way(begin(place), tried);
        way(handler, failed);
        if (body.path("catch").has("retry")) {
            way(handler, tried);
        }
        way(handler, list(body.at("/catch/do"), place + "/catch/do", done(place), failed));
    }
}
