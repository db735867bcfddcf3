package dev.patchbay.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any text around a credential, as it may stand in a log line, a header, an address or JSON: the credential never survives, and
 * redacted text stays redacted. A secret that letters or digits touch cannot be told from a word, so separators surround it.
 */
final class RedactionFuzz {

    private static final List<String> SECRETS = List.of(
            "pbt_4fQz7RmX2kLw9TbYc8Ns",
            "sk_live_51NxPatchbay0abcDEF",
            "whsec_Q2hhcmxlc0RpY2tlbnM",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "+14155550123",
            "ada.lovelace@clinic.example");

    /** Separators around a secret. */
    private static final List<String[]> AROUND = List.of(
            new String[] {" ", " "},
            new String[] {"\"", "\""},
            new String[] {"\n", "\n"},
            new String[] {"Authorization: Bearer ", "\r\n"},
            new String[] {"?to=", "&"},
            new String[] {"[", "]"},
            new String[] {"(", ")"});

    private RedactionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String plain = Redaction.redact(text);
        demand(Redaction.redact(plain).length() <= plain.length() + 64, "grows: " + plain);
        // One secret for each input: testing all six would take six times as long.
        String secret = SECRETS.get(Math.floorMod(text.hashCode(), SECRETS.size()));
        if (text.contains(secret)) {
            return; // characters that touch the secret there may hide it
        }
        int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        String[] around = AROUND.get(input.length % AROUND.size());
        String line = text.substring(0, middle) + around[0] + secret + around[1] + text.substring(middle);
        String shown = Redaction.redact(line);
        demand(!shown.contains(secret), "shown: " + shown);
        var tree = Json.object().put("note", line).put(line, "x");
        demand(!Redaction.tree(tree).toString().contains(secret), "shown in JSON: " + line);
    }

    private static void demand(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
