package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DocumentationTests {

    static Stream<String> examples() {
        String page = Fixtures.text(Fixtures.REPOSITORY.resolve("docs/flow-language.md"));
        return Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(result -> String.valueOf(result.group(1)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAValidFlow(String example) {
        assertThat(Fixtures.read(example)).isInstanceOf(ParseResult.Valid.class);
    }
}
