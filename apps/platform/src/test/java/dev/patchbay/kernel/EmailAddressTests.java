package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "' Ada.Smith+crm@Example.COM. ', Ada.Smith+crm@example.com",
        "mailto:ada@example.com, ada@example.com",
        "Ada Smith <ada@example.com>, ada@example.com",
        "ada at example dot com, ada@example.com",
        "Ada dot Smith at Example dot co dot uk, ada.smith@example.co.uk",
        "ada (at) example (dot) com, ada@example.com",
        "ada underscore smith at my dash site dot com, ada_smith@my-site.com",
        "'ada@example,com', ada@example.com",
        "ada @ example . com, ada@example.com",
        "ada punkt schmidt ät beispiel punkt de, ada.schmidt@beispiel.de",
        "ada@bücher.de, ada@xn--bcher-kva.de",
        "ada@example.com (work), ada@example.com",
        "'\"ada@example.com\"', ada@example.com",
        "mailto:ada@example.com?subject=Hello, ada@example.com",
        "ada at sign example dot com, ada@example.com",
        "my email is ada dot smith at example dot com, ada.smith@example.com",
        "ada at example dot com all lowercase, ada@example.com",
        "'it''s ada smith all one word at example dot com', adasmith@example.com",
        "ada Punkt schmidt at web Punkt de alles klein, ada.schmidt@web.de",
        "meine E-Mail-Adresse ist ada Klammeraffe web Punkt de, ada@web.de",
        "ada guion bajo smith arroba gmail punto com, ada_smith@gmail.com",
        "'ada, at, gmail, dot, com', ada@gmail.com",
        "A-D-A at gmail dot com, ada@gmail.com",
        "'A as in apple, D as in dog, A as in apple at gmail dot com', ada@gmail.com",
        "ada ninety nine at gmail dot com, ada99@gmail.com",
        "ada nineteen eighty-five at gmail dot com, ada1985@gmail.com",
        "ada double zero seven at gmail dot com, ada007@gmail.com",
        "dos santos at gmail dot com, dossantos@gmail.com",
        "'sure, it''s ada at gmail dot com', ada@gmail.com",
        "'ada at gmail dot com, all lower case', ada@gmail.com",
        "ada at gmail dot com period, ada@gmail.com",
        "ada at gmail dotcom, ada@gmail.com",
        "'email: ada@example.com', ada@example.com",
        "'ada@example.com, bob@example.com', ada@example.com",
        "ada@example.com?, ada@example.com"
    })
    void readsWrittenAndSpokenAddresses(String written, String address) {
        assertThat(EmailAddress.read(written)).map(EmailAddress::toString).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N/A",
                "none",
                "ada",
                "ada@example",
                "@example.com",
                "ada@",
                "ada@@example.com",
                "ada@exa mple",
                "a..b@example.com",
                "ada@-example.com",
                "at dot",
                "ada at gmail dot com but I rarely read it",
                "ada@example.com or bob@example.com",
                "ada@.com"
            })
    void otherTextsAreNone(String written) {
        assertThat(EmailAddress.read(written)).isEmpty();
    }

    @Test
    void longTextsAreNone() {
        assertThat(EmailAddress.read("a".repeat(250) + "@example.com")).isEmpty();
        assertThat(EmailAddress.read("a".repeat(600))).isEmpty();
        assertThat(EmailAddress.read("ada@" + "a".repeat(70) + ".com")).isEmpty();
    }
}
