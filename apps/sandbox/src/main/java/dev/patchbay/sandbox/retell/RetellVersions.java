package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects with versions: agents, LLMs and conversation flows. A table holds the version with the highest number of each, another
 * the versions below it.
 */
final class RetellVersions {

    private final Store store;
    private final Clock clock;
    private final Table highest;
    private final String idMember;

    RetellVersions(Store store, Clock clock, Table highest, String idMember) {
        this.store = store;
        this.clock = clock;
        this.highest = highest;
        this.idMember = idMember;
    }

    private static int number(ObjectNode object) {
        return object.path("version").asInt();
    }

    private static String key(String id, int version) {
        return id + "@" + version;
    }

    /** The version, or the one with the highest number when none is named. */
    Optional<ObjectNode> find(String id, Optional<Integer> version) {
        Optional<ObjectNode> latest = store.find(highest, id);
        return version.isEmpty()
                        || latest.filter(it -> number(it) == version.get()).isPresent()
                ? latest
                : store.find(Table.RETELL_VERSIONS, key(id, version.get()));
    }

    /** The highest number first. */
    List<ObjectNode> list(String id) {
        List<ObjectNode> versions = new ArrayList<>(store.list(Table.RETELL_VERSIONS).stream()
                .filter(version -> Json.text(version, idMember).equals(id))
                .toList());
        store.find(highest, id).ifPresent(versions::add);
        versions.sort(Comparator.comparingInt(RetellVersions::number).reversed());
        return versions;
    }

    /** Writes the version. A member that is null is removed: Retell answers its default then. */
    ObjectNode put(ObjectNode object) {
        List<String> cleared = object.properties().stream()
                .filter(member -> member.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
        object.remove(cleared);
        object.put("last_modification_timestamp", clock.millis());
        String id = Json.text(object, idMember);
        Optional<ObjectNode> latest = store.find(highest, id);
        if (latest.isPresent() && number(object) < number(latest.get())) {
            store.put(Table.RETELL_VERSIONS, key(id, number(object)), object);
            return object;
        }
        latest.filter(it -> number(it) < number(object))
                .ifPresent(before -> store.put(Table.RETELL_VERSIONS, key(id, number(before)), before));
        store.put(highest, id, object);
        return object;
    }

    /** A draft with that number and the base's contents. */
    ObjectNode copy(ObjectNode base, int version) {
        return put(base.deepCopy()
                .put("version", version)
                .put("base_version", number(base))
                .put("is_published", false)
                .putNull("version_title")
                .putNull("version_description"));
    }

    /** Removes a version; the next lower one then has the highest number. */
    void remove(String id, int version) {
        store.find(highest, id).filter(latest -> number(latest) == version).ifPresent(latest -> {
            ObjectNode below = list(id).get(1);
            store.put(highest, id, below);
            store.remove(Table.RETELL_VERSIONS, key(id, number(below)));
        });
        if (store.find(Table.RETELL_VERSIONS, key(id, version)).isPresent()) {
            store.remove(Table.RETELL_VERSIONS, key(id, version));
        }
    }
}
