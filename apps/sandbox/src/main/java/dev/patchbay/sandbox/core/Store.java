package dev.patchbay.sandbox.core;

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
 * The state of all stand-ins: tables of JSON records in memory, with one journal a provider on disk.
 * A change is appended to the journal before it becomes visible; the journals are replayed at start.
 * A caller that reads and then writes does both inside {@link #atomically}.
 *
 * <p>Each line of {@code <provider>.journal} is a JSON object. {@code {shelf, key, record}} writes a record,
 * {@code {shelf, removed}} removes the record of that key, {@code {shelf, forgotten: true}} clears the table.
 * {@code shelf} is the name of the {@link Table}; data directories of earlier versions have these members, so they stay.
 */
public final class Store implements AutoCloseable {

    private final Map<Table, Map<String, ObjectNode>> tables = new EnumMap<>(Table.class);
    private final Map<String, Journal> journals = new HashMap<>();
    private final Object monitor = new Object();

    private Store() {
        for (Table table : Table.values()) {
            tables.put(table, new LinkedHashMap<>());
        }
    }

    /**
     * Opens the store in that folder, which is created when it is missing.
     *
     * @throws UncheckedIOException when the folder or a journal cannot be opened
     */
    public static Store open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the store's folder " + folder, e);
        }
        Store store = new Store();
        for (Table table : Table.values()) {
            store.journals.computeIfAbsent(
                    table.provider(), provider -> Journal.open(folder.resolve(provider + ".journal"), store::replay));
        }
        return store;
    }

    private void replay(ObjectNode line) {
        Map<String, ObjectNode> records = records(Table.valueOf(Json.text(line, "shelf")));
        if (line.has("forgotten")) {
            records.clear();
        } else if (line.has("removed")) {
            records.remove(Json.text(line, "removed"));
        } else {
            records.put(Json.text(line, "key"), (ObjectNode) line.path("record"));
        }
    }

    /** Runs the work while no other thread reads or writes. Reentrant. */
    public <T> T atomically(Supplier<T> work) {
        synchronized (monitor) {
            return work.get();
        }
    }

    public void put(Table table, String key, ObjectNode record) {
        ObjectNode line = Json.object().put("shelf", table.name()).put("key", key);
        line.set("record", record.deepCopy());
        write(table, line);
    }

    public void remove(Table table, String key) {
        write(table, Json.object().put("shelf", table.name()).put("removed", key));
    }

    private void write(Table table, ObjectNode line) {
        synchronized (monitor) {
            Objects.requireNonNull(journals.get(table.provider())).append(line);
            replay(line);
        }
    }

    /** Writes the record unless the key has one. */
    public void putIfAbsent(Table table, String key, ObjectNode record) {
        synchronized (monitor) {
            if (!records(table).containsKey(key)) {
                put(table, key, record);
            }
        }
    }

    /** Writes the record if the key has one; a record that a reset removed stays removed. Returns whether it was written. */
    boolean replace(Table table, String key, ObjectNode record) {
        synchronized (monitor) {
            boolean exists = records(table).containsKey(key);
            if (exists) {
                put(table, key, record);
            }
            return exists;
        }
    }

    /** Appends to a table that is a list, such as a request log. Its keys are the positions 0, 1, 2 … */
    public void append(Table table, ObjectNode record) {
        synchronized (monitor) {
            put(table, Integer.toString(records(table).size()), record);
        }
    }

    /** Finds a record and returns a copy: change the copy and {@link #put} it back. */
    public Optional<ObjectNode> find(Table table, String key) {
        synchronized (monitor) {
            return Optional.ofNullable(records(table).get(key)).map(ObjectNode::deepCopy);
        }
    }

    /** Whether the key has a record. */
    public boolean contains(Table table, String key) {
        synchronized (monitor) {
            return records(table).containsKey(key);
        }
    }

    /** Lists all records in the order in which they were first written. They are shared, not copied: do not change them. */
    public List<ObjectNode> list(Table table) {
        synchronized (monitor) {
            return new ArrayList<>(records(table).values());
        }
    }

    /** Clears every table that does not survive a reset. */
    public void reset() {
        synchronized (monitor) {
            for (Table table : Table.values()) {
                if (!table.survivesReset()) {
                    write(table, Json.object().put("shelf", table.name()).put("forgotten", true));
                }
            }
        }
    }

    private Map<String, ObjectNode> records(Table table) {
        return tables.getOrDefault(table, Map.of());
    }

    @Override
    public void close() {
        synchronized (monitor) {
            journals.values().forEach(Journal::close);
        }
    }
}
