package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading a flow file returns a result for any text. */
final class FuzzTests {

    private static final List<String> FRAGMENTS = List.of(
            ":",
            "-",
            " ",
            "\n",
            "\t",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "#",
            "&a",
            "*a",
            "!!int",
            "|",
            ">",
            "?",
            "%",
            "@",
            "`",
            "${",
            "}",
            "\\",
            "\u0000",
            "\uD800",
            "é",
            "😀",
            "null",
            "~",
            "1e999",
            "-0",
            "P1D",
            "$steps.",
            "do:",
            "call:",
            "try:",
            "catch:",
            "then: end",
            "then: other",
            "$steps.contact.id",
            "${ . | $event.call[0:1] }",
            "with: {",
            "compensate: calendar.cancel",
            "---",
            "...",
            "<<:",
            "..|..",
            "/0");

    @Test
    void aMutatedFlowNeverCausesAnException() {
        Random random = new Random(20261123);
        List<String> flows = Stream.of("flows", "flows/valid", "flows/invalid")
                .flatMap(Fixtures::files)
                .map(Fixtures::text)
                .toList();
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(flows.get(random.nextInt(flows.size())));
            int mutations = 1 + random.nextInt(4);
            for (int mutation = 0; mutation < mutations; mutation++) {
                mutate(text, random);
            }
            assertThatCode(() -> Fixtures.read(text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(from, Math.max(to, Math.min(text.length() - 1, from + 1)));
            case 1 -> text.insert(from, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            case 2 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
            default -> text.setCharAt(from, (char) random.nextInt(0x250));
        }
    }
}
