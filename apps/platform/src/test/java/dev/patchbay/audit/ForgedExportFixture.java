package dev.patchbay.audit;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Forges exports with correctly computed hashes. */
final class ForgedExportFixture {

    private ForgedExportFixture() {}

    static List<String> write(List<ObjectNode> entries) {
        return entries.stream().map(ForgedExportFixture::canonical).toList();
    }

    /** RFC 8785, as far as these entries need it. */
    static String canonical(ObjectNode node) {
        Map<String, Object> members = new TreeMap<>();
        node.propertyStream()
                .forEach(member -> members.put(
                        member.getKey(),
                        member.getValue() instanceof ObjectNode inner
                                ? Json.read(canonical(inner))
                                : member.getValue()));
        return Json.write(members);
    }

    static void seal(ObjectNode entry, String before) {
        entry.remove("hash");
        byte[] text = Hashing.utf8(canonical(entry));
        byte[] all = new byte[32 + text.length];
        System.arraycopy(HexFormat.of().parseHex(before), 0, all, 0, 32);
        System.arraycopy(text, 0, all, 32, text.length);
        entry.put("hash", HexFormat.of().formatHex(Hashing.sha256(all)));
    }

    static void recomputeChain(List<ObjectNode> entries) {
        String before = "00".repeat(32);
        for (ObjectNode entry : entries.subList(0, entries.size() - 1)) {
            seal(entry, before);
            before = entry.path("hash").asString();
        }
        entries.getLast().withObject("head").put("seq", entries.size() - 1).put("hash", before);
    }

    static ObjectNode next(List<ObjectNode> entries, String id) {
        var next = entries.get(entries.size() - 2).deepCopy().put("id", id).put("seq", entries.size());
        seal(next, hash(entries, entries.size() - 2));
        return next;
    }

    static String hash(List<ObjectNode> entries, int row) {
        return entries.get(row).path("hash").asString();
    }
}
