package dev.patchbay.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every stand-in knows, one journal a provider: written to disk before an act is answered, replayed at start.
 * Acts happen one at a time: whoever reads and then writes does both in {@link #alone}.
 */
final class Books implements AutoCloseable {

    private final Map<Shelf, Map<String, ObjectNode>> shelves = new EnumMap<>(Shelf.class);
    private final Map<String, Journal> journals = new HashMap<>();
    private final Object monitor = new Object();

    private Books() {
        for (Shelf shelf : Shelf.values()) {
            shelves.put(shelf, new LinkedHashMap<>());
        }
    }

    static Books open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the folder of the books " + folder, e);
        }
        Books books = new Books();
        for (Shelf shelf : Shelf.values()) {
            books.journals.computeIfAbsent(
                    shelf.provider(), provider -> Journal.open(folder.resolve(provider + ".journal"), books::replay));
        }
        return books;
    }

    private void replay(ObjectNode line) {
        Map<String, ObjectNode> shelf = shelf(Shelf.valueOf(Json.text(line, "shelf")));
        if (line.has("forgotten")) {
            shelf.clear();
        } else if (line.has("removed")) {
            shelf.remove(Json.text(line, "removed"));
        } else {
            shelf.put(Json.text(line, "key"), (ObjectNode) line.path("record"));
        }
    }

    /** Does this while nobody else reads or writes. */
    <T> T alone(Supplier<T> act) {
        synchronized (monitor) {
            return act.get();
        }
    }

    void put(Shelf shelf, String key, ObjectNode record) {
        ObjectNode line = Json.object().put("shelf", shelf.name()).put("key", key);
        line.set("record", record.deepCopy());
        write(shelf, line);
    }

    void remove(Shelf shelf, String key) {
        write(shelf, Json.object().put("shelf", shelf.name()).put("removed", key));
    }

    /** To disk first: what is known is what is written. */
    private void write(Shelf shelf, ObjectNode line) {
        synchronized (monitor) {
            Objects.requireNonNull(journals.get(shelf.provider())).append(line);
            replay(line);
        }
    }

    /** Keeps what is there already. */
    void putIfAbsent(Shelf shelf, String key, ObjectNode record) {
        synchronized (monitor) {
            if (!shelf(shelf).containsKey(key)) {
                put(shelf, key, record);
            }
        }
    }

    /** Changes what is there; a record that was forgotten meanwhile stays forgotten. Returns whether it was there. */
    boolean replace(Shelf shelf, String key, ObjectNode record) {
        synchronized (monitor) {
            boolean known = shelf(shelf).containsKey(key);
            if (known) {
                put(shelf, key, record);
            }
            return known;
        }
    }

    /** Adds to a shelf that is a list, as the request logs are. */
    void add(Shelf shelf, ObjectNode record) {
        synchronized (monitor) {
            put(shelf, Integer.toString(shelf(shelf).size()), record);
        }
    }

    /** A copy: change it and {@link #put} it back. */
    Optional<ObjectNode> find(Shelf shelf, String key) {
        synchronized (monitor) {
            return Optional.ofNullable(shelf(shelf).get(key)).map(ObjectNode::deepCopy);
        }
    }

    /** In the order of their first writing. The records are shared: read them only. */
    List<ObjectNode> all(Shelf shelf) {
        synchronized (monitor) {
            return new ArrayList<>(shelf(shelf).values());
        }
    }

    void forgetRecords() {
        synchronized (monitor) {
            for (Shelf shelf : Shelf.values()) {
                if (!shelf.survivesReset()) {
                    write(shelf, Json.object().put("shelf", shelf.name()).put("forgotten", true));
                }
            }
        }
    }

    private Map<String, ObjectNode> shelf(Shelf shelf) {
        return shelves.getOrDefault(shelf, Map.of());
    }

    @Override
    public void close() {
        synchronized (monitor) {
            journals.values().forEach(Journal::close);
        }
    }
}
