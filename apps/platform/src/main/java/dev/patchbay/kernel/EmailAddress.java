package dev.patchbay.kernel;

import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An e-mail address that a mail server would accept. An address that an agent wrote down as it was spoken, such as
 * {@code ada dot smith at example dot com}, is converted.
 *
 * @param text the address, its domain in lower case and in ASCII
 */
public record EmailAddress(String text) {

    private static final int MAX_LENGTH = 254;

    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@([^@]+)");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})");
    /** Words around a spoken address that are not part of it. */
    private static final Pattern REMARK = Pattern.compile(
            "(?<= )(?:(?:my |the |meine |die )?e-?mail(?:[ -]?adresse| address)?(?: is| ist| lautet|:)|it(?: i|'|’)s|that(?: i|'|’)s|das ist"
                    + "|(?:all )?(?:in )?(?:lower ?case|small letters)|all (?:in )?one word|(?:in )?one word|alles klein(?:geschrieben)?"
                    + "|kleingeschrieben|(?:alles )?(?:in )?einem wort|zusammengeschrieben)[,:]?(?= )");

    /** Words with which people begin an answer. */
    private static final Pattern BEGINNING =
            Pattern.compile("^ (?:(?:oh|sure|yes|yeah|yep|ok|okay|um|uh|so|well|ja|gut|gerne|also|äh|sí|oui)[,.]? )+");

    /** A word that tells a letter, as in “A as in apple”. */
    private static final Pattern SPELLING = Pattern.compile("(?<= \\p{L})[,]? (?:as in|like|for|wie) \\p{L}+[,]?(?= )");

    /** Letters that were spelled with hyphens, as in “A-D-A”. */
    private static final Pattern HYPHENATED =
            Pattern.compile("(?<![\\p{L}\\d])[\\p{L}\\d](?:-[\\p{L}\\d]){2,}(?![\\p{L}\\d])");

    /** More words behind the domain, which belong to no address. */
    private static final Pattern MORE_WORDS = Pattern.compile("\\.\\s*[^\\s.]{2,}\\s+[^\\s.][^.]*$");

    private static final Pattern WITH_NAME = Pattern.compile("[^<>]*<([^<>]+)>");

    /** A spoken word with the character for which it stands. */
    private record Spoken(Pattern words, String sign) {

        static Spoken of(String words, String sign) {
            return new Spoken(
                    Pattern.compile("[\\s,]+(?:" + words + ")[\\s,]+|\\s*[(\\[{](?:" + words + ")[)\\]}]\\s*"), sign);
        }
    }

    private static final List<Spoken> SPOKEN = List.of(
            Spoken.of("at sign|at|ät|klammeraffe|affe|arroba|arobase|chiocciola|apenstaartje", "@"),
            Spoken.of("dot|punkt|point|period|punto|ponto|punt", "."),
            Spoken.of("underscore|unterstrich|guion bajo|guión bajo|tiret bas", "_"),
            Spoken.of("dash|hyphen|minus|bindestrich|guion|guión|tiret", "-"),
            Spoken.of("plus", "+"));

    /** Reads an address; empty when the text is no address and cannot be read as a spoken one. */
    public static Optional<EmailAddress> read(String written) {
        if (written.length() > 2 * MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
        Matcher withName = WITH_NAME.matcher(plain);
        String bare = (withName.matches() ? withName.group(1) : plain)
                .replaceFirst("(?i)^mailto:([^?]*).*", "$1")
                .replaceFirst("\\s*\\([^()@]*\\)$", "")
                .replaceFirst("^(\\S+@[\\w.-]+)[,;]\\s.*", "$1")
                .replaceFirst("[.,;?!]+$", "")
                .replaceFirst("^[\"'“„‘]+", "")
                .replaceFirst("[\"'”“’]+$", "");
        return parse(bare).or(() -> parse(putTogether(bare)));
    }

    private static String putTogether(String spoken) {
        String answer =
                BEGINNING.matcher(" " + spoken.toLowerCase(Locale.ROOT) + " ").replaceFirst(" ");
        String bare = SPELLING.matcher(REMARK.matcher(answer).replaceAll(" ")).replaceAll("");
        String text = " "
                + SpokenDigits.inWords(HYPHENATED
                        .matcher(bare)
                        .replaceAll(letters -> letters.group().replace("-", "")))
                + " ";
        for (Spoken word : SPOKEN) {
            text = word.words().matcher(text).replaceAll(Matcher.quoteReplacement(word.sign()));
        }
        String whole = text.replace(" dotcom ", ".com ").strip().replaceFirst("[.,]+$", "");
        return MORE_WORDS.matcher(whole).find()
                ? ""
                : whole.replaceAll("\\s+", "").replace(',', '.');
    }

    private static Optional<EmailAddress> parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return Optional.empty();
        }
        return ascii(address.group(2))
                .filter(domain -> DOMAIN.matcher(domain).matches())
                .map(domain -> new EmailAddress(address.group(1) + "@" + domain))
                .filter(it -> it.text.length() <= MAX_LENGTH);
    }

    private static Optional<String> ascii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
