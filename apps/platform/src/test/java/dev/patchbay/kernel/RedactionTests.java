package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTests {

    static final List<RedactionCorpus.Secret> MUST_HIDE = RedactionCorpus.mustHide();
    static final List<String> MUST_KEEP = RedactionCorpus.mustKeep();

    @ParameterizedTest
    @FieldSource("MUST_HIDE")
    void redactsSecretsAndPersonalData(RedactionCorpus.Secret line) {
        assertThat(Redaction.redact(line.text())).doesNotContain(line.secret());
    }

    @ParameterizedTest
    @FieldSource("MUST_KEEP")
    void keepsIdsTimesAndPlainNumbers(String line) {
        assertThat(Redaction.redact(line)).isEqualTo(line);
    }

    @Test
    void keepsTheLastTwoDigitsOfATelephoneNumber() {
        assertThat(Redaction.redact("from +14155550123")).isEqualTo("from [phone …23]");
    }

    @Test
    void hidesTheWholeValueOfAMemberNamedLikeASecret() {
        var tree = Json.read("""
                {"access_token": {"value": "x"}, "password": "hunter2", "max_tokens": 512, "ada@example.com": "owner",
                 "phone": "4155550123", "to": ["004930123456"], "count": 4155550123, "card": 4111111111111111,
                 "tokenless": null, "secretive": true, "note": "as is"}""");
        assertThat(Redaction.tree(tree)).isEqualTo(Json.read("""
                {"access_token": "[hidden]", "password": "[hidden]", "max_tokens": 512, "[e-mail]": "owner",
                 "phone": "[phone …23]", "to": ["[phone …56]"], "count": 4155550123, "card": "[card]",
                 "tokenless": null, "secretive": true, "note": "as is"}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                " ",
                "-",
                "@",
                ".",
                "+1",
                "1 ",
                "4-",
                "eyJ",
                "-eyJ",
                "a@",
                "a.",
                "a@a.",
                "token ",
                "token=",
                "\\",
                "Bearer ",
                "+1(",
                "00",
                "key_",
                "key_a",
                "-----BEGIN PRIVATE KEY-----",
                "?key=",
                "%40",
                "4 1",
                "(415) "
            })
    void staysLinearOnAHostileMegabyte(String piece) {
        String line = piece.repeat((1 << 20) / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Redaction.redact(line));
    }
}
