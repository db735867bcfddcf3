package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VariableTypeTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TEXT | \"a line\" | true",
                "TEXT | \"two\\nlines\" | false",
                "TEXT | 5 | false",
                "LONGTEXT | \"two\\nlines\" | true",
                "LONGTEXT | 5 | false",
                "INTEGER | 5 | true",
                "INTEGER | 50.0 | true",
                "INTEGER | 5.5 | false",
                "INTEGER | \"5\" | false",
                "NUMBER | 5.5 | true",
                "NUMBER | \"5.5\" | false",
                "BOOLEAN | true | true",
                "BOOLEAN | \"true\" | false",
                "CHOICE | \"a line\" | true",
                "CHOICE | [] | false",
                "LIST | [] | true",
                "LIST | [\"one\", \"two\"] | true",
                "LIST | [\"one\", 2] | false",
                "LIST | [\"one\\ntwo\"] | false",
                "LIST | \"one\" | false",
                "PHONE | \"+14155550123\" | true",
                "PHONE | \"555\" | false",
                "PHONE | 14155550123 | false",
                "EMAIL | \"desk@northside.example\" | true",
                "EMAIL | \"desk@northside\" | false",
                "EMAIL | \"a desk@northside.example\" | false",
                "EMAIL | 5 | false",
                "URL | \"https://northside.example/book\" | true",
                "URL | \"http://northside.example\" | true",
                "URL | \"ftp://northside.example\" | false",
                "URL | \"https:book\" | false",
                "URL | \"northside\" | false",
                "URL | \"https://north side\" | false",
                "URL | 5 | false",
                "ZONE | \"America/Chicago\" | true",
                "ZONE | \"America/Nowhere\" | false",
                "ZONE | \"+02:00\" | false",
                "ZONE | 5 | false",
                "LANGUAGE | \"en-GB\" | true",
                "LANGUAGE | \"und\" | false",
                "LANGUAGE | \"en_GB\" | false",
                "LANGUAGE | 5 | false"
            })
    void aTypeAcceptsItsOwnValuesOnly(VariableType type, String value, boolean accepted) {
        assertThat(type.accepts(Json.read(value))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsFoundByItsNameInFiles(VariableType type) {
        assertThat(VariableType.find(type.wireName())).contains(type);
        assertThat(VariableType.find(type.name())).isEmpty();
    }
}
