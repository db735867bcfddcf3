package dev.patchbay.livecalls.internal;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds the name of a person as a CRM keeps it. */
record PersonName(Optional<String> first, Optional<String> last) {

    /** Matches forms of address and titles, which belong to no name. */
    private static final Pattern ADDRESS = Pattern.compile(
            "^(?:(?:mr|mrs|ms|miss|mx|sir|dame|rev|reverend|dr|med|prof|professor|doctor|dipl\\.?-ing|herrn?|frau|señora?|sra?"
                    + "|monsieur|madame|mme|signora?)\\.?(?:\\s+|$))+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern INTRODUCTION = Pattern.compile(
            "^(?:my name is|this is|it['’]?s|i['’]m|i am|mein name ist|ich bin|ich heiße|hier ist|me llamo|je m['’]appelle)\\s+",
            Pattern.CASE_INSENSITIVE);

    /** Matches what stands behind a surname: of a namesake, or a degree. */
    private static final Pattern SUFFIX = Pattern.compile(
            ",?\\s+((?:jr|sr|i{2,3}|iv)\\.?)$|(?:,?\\s+(?:m\\.?d|ph\\.?d|d\\.?d\\.?s|esq|cpa|mba|rn)\\.?)+$",
            Pattern.CASE_INSENSITIVE);

    /** Matches a surname of several words, such as “van der Berg”, at the end of a name. */
    private static final Pattern PARTICLES = Pattern.compile(
            "\\s((?:(?:van|von|vom|zu|zum|zur|der|den|de|del|della|di|da|do|dos|das|du|la|las|le|los|san|ter|ten|bin|ibn|al|el)\\s+)+\\S+)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    /**
     * Returns the given parts; otherwise splits the whole name, whose last word is the surname. “Ms Lovelace” has no first
     * name. Empty when there is no name.
     */
    static Optional<PersonName> of(Optional<String> first, Optional<String> last, Optional<String> whole) {
        return first.isPresent() || last.isPresent()
                ? Optional.of(new PersonName(first, last))
                : whole.flatMap(PersonName::split);
    }

    private static Optional<PersonName> split(String whole) {
        String plain = INTRODUCTION
                .matcher(whole.strip().replaceAll("\\s+", " ").replaceAll("^[\"“„']+|[\"”“']+$", ""))
                .replaceFirst("");
        String name = ADDRESS.matcher(plain).replaceFirst("");
        if (!LETTER.matcher(name).find()) {
            return Optional.empty();
        }
        Matcher suffix = SUFFIX.matcher(name);
        return suffix.find() && suffix.start() > 0
                ? Optional.of(split(plain, name.substring(0, suffix.start()))
                        .withSuffix(Optional.ofNullable(suffix.group(1))))
                : Optional.of(split(plain, name));
    }

    /** @param plain the name with its titles: a single word after a title is a surname */
    private static PersonName split(String plain, String name) {
        int comma = name.indexOf(',');
        if (comma > 0 && !name.substring(comma + 1).isBlank()) {
            return new PersonName(
                    Optional.of(name.substring(comma + 1).strip()),
                    Optional.of(name.substring(0, comma).strip()));
        }
        boolean titled = !plain.startsWith(name);
        if (titled && (name.indexOf(' ') < 0 || PARTICLES.matcher(" " + name).lookingAt())) {
            return new PersonName(Optional.empty(), Optional.of(name));
        }
        int end = PARTICLES
                .matcher(name)
                .results()
                .map(MatchResult::start)
                .findFirst()
                .orElse(name.lastIndexOf(' '));
        if (end > 0) {
            return new PersonName(Optional.of(name.substring(0, end)), Optional.of(name.substring(end + 1)));
        }
        return new PersonName(Optional.of(name), Optional.empty());
    }

    private PersonName withSuffix(Optional<String> suffix) {
        return last.isEmpty()
                ? this
                : new PersonName(
                        first,
                        last.map(it -> suffix.map(word -> it + " " + word).orElse(it)));
    }

    String full() {
        return (first.orElse("") + " " + last.orElse("")).strip();
    }
}
