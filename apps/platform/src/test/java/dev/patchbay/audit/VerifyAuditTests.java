package dev.patchbay.audit;

import static dev.patchbay.audit.Verifier.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/** An export as it was taken, and as somebody may have changed it since. */
@PatchbayTest
class VerifyAuditTests {

    private static final int ENTRIES = 6;

    @Autowired
    private ApplicationContext platform;

    private AuditFixture scene;
    private TenantId tenant;
    private List<String> lines;

    @BeforeEach
    void export() {
        scene = new AuditFixture(platform);
        tenant = scene.tenantWith(ENTRIES);
        lines = new ArrayList<>(scene.export(tenant));
        assertThat(lines).hasSize(ENTRIES + 1);
    }

    @Test
    void nothingIsWrongWithAnExportAsItWasTaken(@TempDir Path folder) throws Exception {
        var verdict = verify(lines);
        assertThat(verdict.exit()).as(verdict.said()).isZero();
        assertThat(verdict.said()).isEqualTo("whole: 6 entries of " + tenant + " up to seq 6\n");
        var busy = copy();
        busy.getLast().withObject("head").put("unsealed", 2);
        assertThat(verify(Forged.written(busy)).said()).endsWith("up to seq 6; 2 not sealed yet\n");

        var file = Files.write(folder.resolve("audit.ndjson"), lines);
        assertThat(Verifier.run("", "--anchor", anchor(4), file.toString()).exit())
                .isZero();
        assertThat(verify(scene.export(scene.tenant())).exit()).isZero();
    }

    @Test
    void everyMemberOfEveryEntryIsFoundWhenItWasEdited() {
        var names = List.copyOf(entry(0).propertyNames());
        assertThat(names).hasSize(15);
        for (String name : names) {
            for (int row : new int[] {0, 3, ENTRIES - 1}) {
                found("seq", changed(row, entry -> edit(entry, name)));
            }
        }
        found("seq 4: edited", changed(3, entry -> entry.put("actor", "usr_innocent")));
        found("seq 4: edited", changed(3, entry -> entry.put("at", "yesterday")));
        found("other members", changed(3, entry -> entry.put("note", "added")));
        found("other members", changed(3, entry -> entry.remove("actor")));
        found("other members", changed(3, entry -> entry.put("seq", "4")));
        found("other members", changed(3, entry -> entry.put("seq", 0)));
    }

    @Test
    void missingEntriesAreFound() {
        found("seq 1: deleted", without(0));
        found("seq 4: deleted", without(3));
        found("seq 6: truncated", without(ENTRIES - 1));
        found("seq 3 to 4: deleted", without(2, 3));
        found("line with the head is missing", lines.subList(0, ENTRIES));
        found("line with the head is missing", List.of());
    }

    @Test
    void entriesInAnotherOrderAreFound() {
        var swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 1, 3);
        assertThat(found("seq 3: reordered", swapped))
                .contains("seq 2: reordered")
                .doesNotContain("edited", "deleted");

        var exchanged = copy();
        exchanged.get(1).put("seq", 4);
        exchanged.get(3).put("seq", 2);
        Collections.swap(exchanged, 1, 3);
        assertThat(found("seq 2: edited", Forged.written(exchanged))).contains("seq 4: edited");
    }

    @Test
    void entriesThatWereAddedAreFound() {
        var doubled = new ArrayList<>(lines);
        doubled.add(3, lines.get(2));
        found("seq 3: duplicated", doubled);

        var entries = copy();
        var forged = entries.get(2).deepCopy().put("id", "aud_forged").put("actor", "usr_framed");
        Forged.seal(forged, Forged.hash(entries, 1));
        entries.add(2, forged);
        found("seq 3: forked", Forged.written(entries));

        var behind = copy();
        behind.add(ENTRIES, Forged.next(behind, "aud_forged"));
        found("inserted behind the head", Forged.written(behind));

        var numberedAnew = copy();
        numberedAnew.add(2, forged.deepCopy());
        IntStream.range(3, ENTRIES + 1).forEach(row -> numberedAnew.get(row).put("seq", row + 1));
        found("seq 4: edited, or inserted", Forged.written(numberedAnew));

        var again = copy();
        again.add(ENTRIES, Forged.next(again, again.get(1).path("id").asString()));
        again.getLast().withObject("head").put("seq", 7).put("hash", Forged.hash(again, ENTRIES));
        found("seq 7: duplicated", Forged.written(again));

        var late = copy();
        late.add(ENTRIES, Forged.next(late, "aud_forged").put("at", "2001-01-01T00:00:00.000000Z"));
        Forged.seal(late.get(ENTRIES), Forged.hash(late, ENTRIES - 1));
        late.getLast().withObject("head").put("seq", 7).put("hash", Forged.hash(late, ENTRIES));
        found("seq 7: inserted later", Forged.written(late));
    }

    @Test
    void aChainThatWasComputedAnewIsFoundByItsAnchor() {
        String early = anchor(2);
        String late = anchor(5);
        var entries = copy();
        entries.get(2).put("actor", "usr_innocent");
        Forged.computeAnew(entries);

        assertThat(verify(Forged.written(entries)).exit())
                .as("nothing shows it without an anchor")
                .isZero();
        assertThat(verify(Forged.written(entries), "--anchor", early).exit()).isZero();
        assertThat(found("seq 5: rewritten", Forged.written(entries), "--anchor", early, "--anchor", late))
                .doesNotContain("seq 2");

        var shortened = copy();
        shortened.subList(3, ENTRIES).clear();
        Forged.computeAnew(shortened);
        assertThat(verify(Forged.written(shortened)).exit()).isZero();
        found("seq 5: truncated, or exported before", Forged.written(shortened), "--anchor", late);
    }

    @Test
    void aHeadThatWasChangedIsFound() {
        var other = copy();
        other.getLast().withObject("head").put("hash", Forged.hash(other, 0));
        found("head: its hash is not that of seq 6", Forged.written(other));
        var less = copy();
        less.getLast().withObject("head").put("seq", 5).put("hash", Forged.hash(less, 4));
        found("inserted behind the head", Forged.written(less));
        var odd = copy();
        odd.getLast().withObject("head").put("seq", "6");
        found("other members", Forged.written(odd));
        var twice = new ArrayList<>(lines);
        twice.add(lines.getLast());
        found("line 8: stands behind", twice);
    }

    @Test
    void entriesOfAnotherTenantAreFound() {
        var others = scene.export(scene.tenantWith(ENTRIES));
        var mixed = new ArrayList<>(lines);
        mixed.set(3, others.get(3));
        found("seq 4: belongs to tenant", mixed);
        var head = new ArrayList<>(lines);
        head.set(ENTRIES, others.get(ENTRIES));
        found("head: belongs to tenant", head);
    }

    @Test
    void whatTwoReadersMayReadDifferentlyIsRefused() {
        var spaced = new ArrayList<>(lines);
        spaced.set(2, lines.get(2).replace(",\"actor\"", ", \"actor\""));
        found("line 3: is not in canonical form", spaced);
        var doubled = new ArrayList<>(lines);
        doubled.set(2, lines.get(2).replace("{", "{\"actor\":\"usr_innocent\","));
        found("line 3: is not in canonical form", doubled);
        for (String odd : new String[] {"", "null", "7", "[]", "{", "{}"}) {
            var line = new ArrayList<>(lines);
            line.set(2, odd);
            found("line 3: ", line);
        }
    }

    @Test
    void anExportThatGoesOnFromAnEarlierOneIsHeldAgainstItsEnd() {
        var rest = lines.subList(3, lines.size());
        assertThat(verify(rest, "--anchor", anchor(3)).exit()).isZero();
        var earlier = verify(rest, "--anchor", anchor(3), "--anchor", anchor(1), "--anchor", anchor(5));
        assertThat(earlier.exit()).isZero();
        assertThat(earlier.said()).contains("anchor 1: lies before this export");
        found("seq 1 to 3: deleted: missing; if they were exported before", rest);
        found("seq 4: edited", rest, "--anchor", "3:" + Forged.hash(copy(), 0));

        var nothingNew = lines.subList(ENTRIES, lines.size());
        assertThat(verify(nothingNew, "--anchor", anchor(6)).exit()).isZero();
        found("truncated", nothingNew, "--anchor", "6:" + Forged.hash(copy(), 0));
    }

    @Test
    void theExampleOfTheDocumentationHasTheHashThatIsSaidThere() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "audit.md"));
        var example = Pattern.compile(
                        "    (\\{\"action\":\"flow\\.drafted\".*?})\n\n.*?`([0-9a-f]{64})`", Pattern.DOTALL)
                .matcher(page);
        assertThat(example.find()).isTrue();
        var first = (ObjectNode) Json.read(example.group(1));
        Forged.seal(first, "00".repeat(32));
        assertThat(first.path("hash").asString()).isEqualTo(example.group(2));
    }

    @Test
    void saysHowItIsCalled(@TempDir Path folder) {
        for (String[] words : new String[][] {
            {"--anchor", "six"},
            {"--anchor"},
            {"--anchors", anchor(1)},
            {folder.resolve("none").toString()},
            {"--anchor", anchor(1), "--anchor", "1:" + Forged.hash(copy(), 1)}
        }) {
            var verdict = verify(lines, words);
            assertThat(verdict.exit()).as(verdict.said()).isEqualTo(2);
            assertThat(verdict.said()).startsWith("verify-audit: ");
        }
    }

    private static String found(String sign, List<String> lines, String... words) {
        var verdict = verify(lines, words);
        assertThat(verdict.exit()).as(verdict.said()).isEqualTo(1);
        assertThat(verdict.said()).contains(sign);
        return verdict.said();
    }

    private static void edit(ObjectNode entry, String name) {
        if (entry.get(name).isNumber()) {
            entry.put(name, entry.get(name).asLong() + 100);
        } else if (entry.get(name).isNull()) {
            entry.put(name, "x");
        } else if (name.equals("hash")) {
            entry.put(name, "ab".repeat(32));
        } else {
            entry.put(name, entry.get(name).asString() + "x");
        }
    }

    private ObjectNode entry(int row) {
        return (ObjectNode) Json.read(lines.get(row));
    }

    private List<ObjectNode> copy() {
        return new ArrayList<>(
                lines.stream().map(line -> (ObjectNode) Json.read(line)).toList());
    }

    private List<String> changed(int row, Consumer<ObjectNode> change) {
        var entries = copy();
        change.accept(entries.get(row));
        return Forged.written(entries);
    }

    private List<String> without(int... rows) {
        var left = new ArrayList<>(lines);
        for (int index = rows.length - 1; index >= 0; index--) {
            left.remove(rows[index]);
        }
        return left;
    }

    private String anchor(int seq) {
        return seq + ":" + entry(seq - 1).path("hash").asString();
    }
}
