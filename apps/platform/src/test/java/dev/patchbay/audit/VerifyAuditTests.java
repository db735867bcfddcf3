package dev.patchbay.audit;

import static dev.patchbay.audit.VerifierProcess.verify;
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

/** The verifier accepts an untouched export and detects every change of it. */
@PatchbayTest
class VerifyAuditTests {

    private static final int ENTRIES = 6;

    @Autowired
    private ApplicationContext platform;

    private AuditFixture fixture;
    private TenantId tenant;
    private List<String> lines;

    @BeforeEach
    void export() {
        fixture = new AuditFixture(platform);
        tenant = fixture.createTenantWithEntries(ENTRIES);
        lines = new ArrayList<>(fixture.export(tenant));
        assertThat(lines).hasSize(ENTRIES + 1);
    }

    @Test
    void anUntouchedExportIsValid(@TempDir Path folder) throws Exception {
        var verdict = verify(lines);
        assertThat(verdict.exit()).as(verdict.output()).isZero();
        assertThat(verdict.output()).isEqualTo("whole: 6 entries of " + tenant + " up to seq 6\n");
        var busy = copy();
        busy.getLast().withObject("head").put("unsealed", 2);
        assertThat(verify(ForgedExportFixture.write(busy)).output()).endsWith("up to seq 6; 2 not sealed yet\n");

        var file = Files.write(folder.resolve("audit.ndjson"), lines);
        assertThat(VerifierProcess.run("", "--anchor", anchor(4), file.toString())
                        .exit())
                .isZero();
        assertThat(verify(fixture.export(fixture.createTenant())).exit()).isZero();
    }

    @Test
    void anEditOfAnyMemberIsDetected() {
        var names = List.copyOf(entry(0).propertyNames());
        assertThat(names).hasSize(15);
        for (String name : names) {
            for (int row : new int[] {0, 3, ENTRIES - 1}) {
                findingOf("seq", withChange(row, entry -> edit(entry, name)));
            }
        }
        findingOf("seq 4: edited", withChange(3, entry -> entry.put("actor", "usr_innocent")));
        findingOf("seq 4: edited", withChange(3, entry -> entry.put("at", "yesterday")));
        findingOf("the members of an entry", withChange(3, entry -> entry.put("note", "added")));
        findingOf("the members of an entry", withChange(3, entry -> entry.remove("actor")));
        findingOf("the members of an entry", withChange(3, entry -> entry.put("seq", "4")));
        findingOf("the members of an entry", withChange(3, entry -> entry.put("seq", 0)));
        findingOf("the members of an entry", withChange(3, entry -> entry.putNull("hash")));
        findingOf("the members of an entry", withChange(3, entry -> entry.put("hash", "00")));
        findingOf("the members of an entry", withChange(3, entry -> entry.putObject("tenantId")));
    }

    @Test
    void aLastLineThatIsMoreOrLessThanAHeadIsDetected() {
        findingOf("the members of a head", withChange(ENTRIES, line -> line.put("also", 1)));
        findingOf("the members of a head", withChange(ENTRIES, line -> line.putNull("head")));
        findingOf(
                "the members of a head",
                withChange(ENTRIES, line -> line.withObject("head").putNull("hash")));
        findingOf(
                "the members of a head",
                withChange(ENTRIES, line -> line.withObject("head").put("unsealed", -1)));
        findingOf(
                "the members of a head",
                withChange(ENTRIES, line -> line.withObject("head").put("note", "x")));
    }

    @Test
    void missingEntriesAreDetected() {
        findingOf("seq 1: deleted", without(0));
        findingOf("seq 4: deleted", without(3));
        findingOf("seq 6: truncated", without(ENTRIES - 1));
        findingOf("seq 3 to 4: deleted", without(2, 3));
        findingOf("line with the head is missing", lines.subList(0, ENTRIES));
        findingOf("line with the head is missing", List.of());
    }

    @Test
    void reorderedEntriesAreDetected() {
        var swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 1, 3);
        assertThat(findingOf("seq 3: reordered", swapped))
                .contains("seq 2: reordered")
                .doesNotContain("edited", "deleted");

        var exchanged = copy();
        exchanged.get(1).put("seq", 4);
        exchanged.get(3).put("seq", 2);
        Collections.swap(exchanged, 1, 3);
        assertThat(findingOf("seq 2: edited", ForgedExportFixture.write(exchanged)))
                .contains("seq 4: edited");
    }

    @Test
    void addedEntriesAreDetected() {
        var doubled = new ArrayList<>(lines);
        doubled.add(3, lines.get(2));
        findingOf("seq 3: duplicated", doubled);

        var entries = copy();
        var forged = entries.get(2).deepCopy().put("id", "aud_forged").put("actor", "usr_framed");
        ForgedExportFixture.seal(forged, ForgedExportFixture.hash(entries, 1));
        entries.add(2, forged);
        findingOf("seq 3: forked", ForgedExportFixture.write(entries));

        var behind = copy();
        behind.add(ENTRIES, ForgedExportFixture.next(behind, "aud_forged"));
        findingOf("inserted behind the head", ForgedExportFixture.write(behind));

        var numberedAnew = copy();
        numberedAnew.add(2, forged.deepCopy());
        IntStream.range(3, ENTRIES + 1).forEach(row -> numberedAnew.get(row).put("seq", row + 1));
        findingOf("seq 4: edited or inserted", ForgedExportFixture.write(numberedAnew));

        var again = copy();
        again.add(
                ENTRIES, ForgedExportFixture.next(again, again.get(1).path("id").asString()));
        again.getLast().withObject("head").put("seq", 7).put("hash", ForgedExportFixture.hash(again, ENTRIES));
        findingOf("seq 7: duplicated", ForgedExportFixture.write(again));

        var late = copy();
        late.add(ENTRIES, ForgedExportFixture.next(late, "aud_forged").put("at", "2001-01-01T00:00:00.000000Z"));
        ForgedExportFixture.seal(late.get(ENTRIES), ForgedExportFixture.hash(late, ENTRIES - 1));
        late.getLast().withObject("head").put("seq", 7).put("hash", ForgedExportFixture.hash(late, ENTRIES));
        findingOf("seq 7: inserted later", ForgedExportFixture.write(late));
    }

    @Test
    void aRecomputedChainIsDetectedByItsAnchor() {
        String early = anchor(2);
        String late = anchor(5);
        var entries = copy();
        entries.get(2).put("actor", "usr_innocent");
        ForgedExportFixture.recomputeChain(entries);

        assertThat(verify(ForgedExportFixture.write(entries)).exit())
                .as("nothing shows it without an anchor")
                .isZero();
        assertThat(verify(ForgedExportFixture.write(entries), "--anchor", early).exit())
                .isZero();
        assertThat(findingOf(
                        "seq 5: rewritten", ForgedExportFixture.write(entries), "--anchor", early, "--anchor", late))
                .doesNotContain("seq 2");

        var shortened = copy();
        shortened.subList(3, ENTRIES).clear();
        ForgedExportFixture.recomputeChain(shortened);
        assertThat(verify(ForgedExportFixture.write(shortened)).exit()).isZero();
        findingOf("seq 5: truncated, or exported before", ForgedExportFixture.write(shortened), "--anchor", late);
    }

    @Test
    void aChangedHeadIsDetected() {
        var other = copy();
        other.getLast().withObject("head").put("hash", ForgedExportFixture.hash(other, 0));
        findingOf("head: its hash is not that of seq 6", ForgedExportFixture.write(other));
        var less = copy();
        less.getLast().withObject("head").put("seq", 5).put("hash", ForgedExportFixture.hash(less, 4));
        findingOf("inserted behind the head", ForgedExportFixture.write(less));
        var odd = copy();
        odd.getLast().withObject("head").put("seq", "6");
        findingOf("the members of a head", ForgedExportFixture.write(odd));
        var twice = new ArrayList<>(lines);
        twice.add(lines.getLast());
        findingOf("line 8: follows the line", twice);
    }

    @Test
    void entriesOfAnotherTenantAreDetected() {
        var others = fixture.export(fixture.createTenantWithEntries(ENTRIES));
        var mixed = new ArrayList<>(lines);
        mixed.set(3, others.get(3));
        findingOf("seq 4: belongs to tenant", mixed);
        var head = new ArrayList<>(lines);
        head.set(ENTRIES, others.get(ENTRIES));
        findingOf("head: belongs to tenant", head);
    }

    @Test
    void ambiguousJsonIsRefused() {
        var spaced = new ArrayList<>(lines);
        spaced.set(2, lines.get(2).replace(",\"actor\"", ", \"actor\""));
        findingOf("line 3: is not in canonical form", spaced);
        var doubled = new ArrayList<>(lines);
        doubled.set(2, lines.get(2).replace("{", "{\"actor\":\"usr_innocent\","));
        findingOf("line 3: is not in canonical form", doubled);
        for (String odd : new String[] {"", "null", "7", "[]", "{", "{}"}) {
            var line = new ArrayList<>(lines);
            line.set(2, odd);
            findingOf("line 3: ", line);
        }
    }

    @Test
    void aResumedExportIsVerifiedAgainstThePreviousHead() {
        var rest = lines.subList(3, lines.size());
        assertThat(verify(rest, "--anchor", anchor(3)).exit()).isZero();
        var earlier = verify(rest, "--anchor", anchor(3), "--anchor", anchor(1), "--anchor", anchor(5));
        assertThat(earlier.exit()).isZero();
        assertThat(earlier.output()).contains("anchor 1: lies before this export");
        findingOf("seq 1 to 3: deleted: missing; if they were exported before", rest);
        findingOf("seq 4: edited", rest, "--anchor", "3:" + ForgedExportFixture.hash(copy(), 0));

        var nothingNew = lines.subList(ENTRIES, lines.size());
        assertThat(verify(nothingNew, "--anchor", anchor(6)).exit()).isZero();
        findingOf("truncated", nothingNew, "--anchor", "6:" + ForgedExportFixture.hash(copy(), 0));
    }

    @Test
    void theDocumentedExampleHasTheDocumentedHash() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "audit.md"));
        var example = Pattern.compile(
                        "    (\\{\"action\":\"flow\\.drafted\".*?})\n\n.*?`([0-9a-f]{64})`", Pattern.DOTALL)
                .matcher(page);
        assertThat(example.find()).isTrue();
        var first = (ObjectNode) Json.read(example.group(1));
        ForgedExportFixture.seal(first, "00".repeat(32));
        assertThat(first.path("hash").asString()).isEqualTo(example.group(2));
    }

    @Test
    void wrongArgumentsPrintTheUsage(@TempDir Path folder) {
        for (String[] arguments : new String[][] {
            {"--anchor", "six"},
            {"--anchor"},
            {"--anchors", anchor(1)},
            {folder.resolve("none").toString()},
            {"--anchor", anchor(1), "--anchor", "1:" + ForgedExportFixture.hash(copy(), 1)}
        }) {
            var verdict = verify(lines, arguments);
            assertThat(verdict.exit()).as(verdict.output()).isEqualTo(2);
            assertThat(verdict.output()).startsWith("verify-audit: ");
        }
    }

    private static String findingOf(String expected, List<String> lines, String... arguments) {
        var verdict = verify(lines, arguments);
        assertThat(verdict.exit()).as(verdict.output()).isEqualTo(1);
        assertThat(verdict.output()).contains(expected);
        return verdict.output();
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

    private List<String> withChange(int row, Consumer<ObjectNode> change) {
        var entries = copy();
        change.accept(entries.get(row));
        return ForgedExportFixture.write(entries);
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
