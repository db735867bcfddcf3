package dev.patchbay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Forgeries that differ from a validly signed webhook by one byte: at each place, every bit is flipped, the byte is removed or
 * doubled, and another byte is inserted. No verifier may accept one.
 *
 * <p>The only exception is a forgery with exactly the signed meaning, for example a form that decodes to the same parameters; a
 * test has to name it.
 */
public final class Forgeries {

    private static final byte[] INSERTED = "a0=&,.%+ \"\0".getBytes(StandardCharsets.US_ASCII);

    private final String url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Function<Delivery, Verdict> verifier;

    private Forgeries(String url, Map<String, String> headers, byte[] body, Function<Delivery, Verdict> verifier) {
        this.url = url;
        this.headers = headers;
        this.body = body;
        this.verifier = verifier;
    }

    /**
     * @param verifier the verifier, with the account and the time of the webhook
     * @throws AssertionError when the webhook itself is not valid: then its forgeries prove nothing
     */
    public static Forgeries of(
            String url, Map<String, String> headers, byte[] body, Function<Delivery, Verdict> verifier) {
        assertThat(verifier.apply(delivery(url, headers, body))).isEqualTo(Verdict.VALID);
        return new Forgeries(url, headers, body, verifier);
    }

    /** A delivery with case-insensitive headers. */
    public static Delivery delivery(String url, Map<String, String> headers, byte[] body) {
        var found = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(headers);
        return new Delivery(url, name -> Optional.ofNullable(found.get(name)), body);
    }

    public Forgeries rejectedInBody() {
        return rejectedInBodyUnless(same -> false);
    }

    /** @param sameMeaning whether the changed webhook has exactly the signed meaning */
    public Forgeries rejectedInBodyUnless(Predicate<Delivery> sameMeaning) {
        return rejected("the body", forgeriesOf(body).stream().map(it -> delivery(url, headers, it)), sameMeaning);
    }

    public Forgeries rejectedInHeader(String name) {
        String original = Optional.ofNullable(headers.get(name)).orElseThrow();
        return rejected(
                name,
                forgeriesOf(original.getBytes(StandardCharsets.ISO_8859_1)).stream()
                        .map(it -> {
                            var changed = new TreeMap<>(headers);
                            changed.put(name, new String(it, StandardCharsets.ISO_8859_1));
                            return delivery(url, changed, body);
                        }),
                same -> false);
    }

    public Forgeries rejectedWithoutHeader(String name) {
        var fewer = new TreeMap<>(headers);
        fewer.remove(name);
        assertThat(verifier.apply(delivery(url, fewer, body)))
                .as("without " + name)
                .isEqualTo(Verdict.INVALID);
        return this;
    }

    /** For providers that sign the URL as well. */
    public Forgeries rejectedInUrl() {
        return rejected(
                "the URL",
                forgeriesOf(url.getBytes(StandardCharsets.ISO_8859_1)).stream()
                        .map(it -> delivery(new String(it, StandardCharsets.ISO_8859_1), headers, body)),
                same -> false);
    }

    private Forgeries rejected(String where, Stream<Delivery> forgeries, Predicate<Delivery> sameMeaning) {
        var softly = new SoftAssertions();
        forgeries
                .filter(it -> verifier.apply(it) == Verdict.VALID)
                .filter(sameMeaning.negate())
                .limit(5)
                .forEach(it -> softly.fail(
                        "accepted although %s was changed: %s %s",
                        where, it.url(), new String(it.body(), StandardCharsets.UTF_8)));
        softly.assertAll();
        return this;
    }

    private static List<byte[]> forgeriesOf(byte[] original) {
        var all = new ArrayList<byte[]>();
        for (int at = 0; at <= original.length; at++) {
            for (byte inserted : INSERTED) {
                all.add(spliced(original, at, at, inserted));
            }
            if (at < original.length) {
                all.add(spliced(original, at, at + 1));
                all.add(spliced(original, at, at, original[at]));
                for (int bit = 0; bit < 8; bit++) {
                    all.add(spliced(original, at, at + 1, (byte) (original[at] ^ (1 << bit))));
                }
            }
        }
        all.add(new byte[0]);
        return all;
    }

    /** The bytes with those from {@code start} to before {@code end} replaced. */
    private static byte[] spliced(byte[] original, int start, int end, byte... by) {
        byte[] changed = new byte[original.length - (end - start) + by.length];
        System.arraycopy(original, 0, changed, 0, start);
        System.arraycopy(by, 0, changed, start, by.length);
        System.arraycopy(original, end, changed, start + by.length, original.length - end);
        return changed;
    }
}
