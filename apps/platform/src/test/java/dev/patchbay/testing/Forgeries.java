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
 * A genuine webhook, and everything one byte away from it: at each place every bit turned over, the byte left out, doubled, and
 * another put before it. No such neighbour may pass for genuine.
 *
 * <p>The only exception is one that provably says what was signed, for example a form that decodes to the same parameters; a
 * test has to name it.
 */
public final class Forgeries {

    private static final byte[] INSERTED = "a0=&,.%+ \"\0".getBytes(StandardCharsets.US_ASCII);

    private final String url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Function<Delivery, Verdict> judge;

    private Forgeries(String url, Map<String, String> headers, byte[] body, Function<Delivery, Verdict> judge) {
        this.url = url;
        this.headers = headers;
        this.body = body;
        this.judge = judge;
    }

    /**
     * @param judge the verifier, with the account and the time of the webhook
     * @throws AssertionError when the webhook itself does not pass: its neighbours would prove nothing
     */
    public static Forgeries of(
            String url, Map<String, String> headers, byte[] body, Function<Delivery, Verdict> judge) {
        assertThat(judge.apply(delivery(url, headers, body))).isEqualTo(Verdict.VALID);
        return new Forgeries(url, headers, body, judge);
    }

    /** A delivery whose headers are found without regard to case. */
    public static Delivery delivery(String url, Map<String, String> headers, byte[] body) {
        var found = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(headers);
        return new Delivery(url, name -> Optional.ofNullable(found.get(name)), body);
    }

    public Forgeries refusedInBody() {
        return refusedInBodyUnless(same -> false);
    }

    /** @param sameMeaning whether the changed webhook says exactly what was signed */
    public Forgeries refusedInBodyUnless(Predicate<Delivery> sameMeaning) {
        return refused("the body", neighbours(body).stream().map(it -> delivery(url, headers, it)), sameMeaning);
    }

    public Forgeries refusedInHeader(String name) {
        String genuine = Optional.ofNullable(headers.get(name)).orElseThrow();
        return refused(
                name,
                neighbours(genuine.getBytes(StandardCharsets.ISO_8859_1)).stream()
                        .map(it -> {
                            var changed = new TreeMap<>(headers);
                            changed.put(name, new String(it, StandardCharsets.ISO_8859_1));
                            return delivery(url, changed, body);
                        }),
                same -> false);
    }

    public Forgeries refusedWithoutHeader(String name) {
        var fewer = new TreeMap<>(headers);
        fewer.remove(name);
        assertThat(judge.apply(delivery(url, fewer, body)))
                .as("without " + name)
                .isEqualTo(Verdict.INVALID);
        return this;
    }

    /** For vendors who sign the address as well. */
    public Forgeries refusedInUrl() {
        return refused(
                "the address",
                neighbours(url.getBytes(StandardCharsets.ISO_8859_1)).stream()
                        .map(it -> delivery(new String(it, StandardCharsets.ISO_8859_1), headers, body)),
                same -> false);
    }

    private Forgeries refused(String where, Stream<Delivery> neighbours, Predicate<Delivery> sameMeaning) {
        var softly = new SoftAssertions();
        neighbours
                .filter(it -> judge.apply(it) == Verdict.VALID)
                .filter(sameMeaning.negate())
                .limit(5)
                .forEach(it -> softly.fail(
                        "passed for genuine although %s was changed: %s %s",
                        where, it.url(), new String(it.body(), StandardCharsets.UTF_8)));
        softly.assertAll();
        return this;
    }

    private static List<byte[]> neighbours(byte[] genuine) {
        var all = new ArrayList<byte[]>();
        for (int at = 0; at <= genuine.length; at++) {
            for (byte inserted : INSERTED) {
                all.add(spliced(genuine, at, at, inserted));
            }
            if (at < genuine.length) {
                all.add(spliced(genuine, at, at + 1));
                all.add(spliced(genuine, at, at, genuine[at]));
                for (int bit = 0; bit < 8; bit++) {
                    all.add(spliced(genuine, at, at + 1, (byte) (genuine[at] ^ (1 << bit))));
                }
            }
        }
        all.add(new byte[0]);
        return all;
    }

    /** The bytes with those from {@code start} to before {@code end} replaced. */
    private static byte[] spliced(byte[] genuine, int start, int end, byte... by) {
        byte[] changed = new byte[genuine.length - (end - start) + by.length];
        System.arraycopy(genuine, 0, changed, 0, start);
        System.arraycopy(by, 0, changed, start, by.length);
        System.arraycopy(genuine, end, changed, start + by.length, genuine.length - end);
        return changed;
    }
}
