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
import tools.jackson.databind.node.ObjectNode;

/**
 * What every stand-in knows, one journal a provider: written to disk before an act is answered, replayed at start.
 * Whoever reads and then writes holds this object's monitor, so acts happen one at a time.
 */
final class Books implements AutoCloseable {

    private final Map<Shelf, Map<String, ObjectNode>> shelves = new EnumMap<>(Shelf.class);
    private final Map<String, Journal> journals = new HashMap<>();

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

    synchronized void put(Shelf shelf, String key, ObjectNode record) {
        ObjectNode line = Json.object().put("shelf", shelf.name()).put("key", key);
        line.set("record", record.deepCopy());
        journal(shelf).append(line);
        shelf(shelf).put(key, (ObjectNode) line.path("record"));
    }

    synchronized void remove(Shelf shelf, String key) {
        journal(shelf).append(Json.object().put("shelf", shelf.name()).put("removed", key));
        shelf(shelf).remove(key);
    }

    /** Keeps what is there already; returns whether the record is new. */
    synchronized boolean putIfAbsent(Shelf shelf, String key, ObjectNode record) {
        if (shelf(shelf).containsKey(key)) {
            return false;
        }
        put(shelf, key, record);
        return true;
    }

    /** Adds to a shelf that is a list, as the request logs are. */
    synchronized void add(Shelf shelf, ObjectNode record) {
        put(shelf, Integer.toString(shelf(shelf).size()), record);
    }

    /** A copy: change it and {@link #put} it back. */
    synchronized Optional<ObjectNode> find(Shelf shelf, String key) {
        return Optional.ofNullable(shelf(shelf).get(key)).map(ObjectNode::deepCopy);
    }

    /** In the order of their first writing. The records are shared: read them only. */
    synchronized List<ObjectNode> all(Shelf shelf) {
        return new ArrayList<>(shelf(shelf).values());
    }

    synchronized void forgetRecords() {
        for (Shelf shelf : Shelf.values()) {
            if (!shelf.survivesReset()) {
                journal(shelf).append(Json.object().put("shelf", shelf.name()).put("forgotten", true));
                shelf(shelf).clear();
            }
        }
    }

    private Map<String, ObjectNode> shelf(Shelf shelf) {
        return shelves.getOrDefault(shelf, Map.of());
    }

    private Journal journal(Shelf shelf) {
        return Objects.requireNonNull(journals.get(shelf.provider()));
    }

    @Override
    public synchronized void close() {
        for (Journal journal : journals.values()) {
            journal.close();
        }
    }
}
