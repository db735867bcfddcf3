package dev.patchbay.livecalls.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/** Holds the name of a person as a CRM keeps it. */
record PersonName(Optional<String> first, Optional<String> last) {

    /** Matches forms of address and titles, which belong to no name. */
    private static final Pattern ADDRESS = Pattern.compile(
            "^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|herrn?|frau|señora?|sra?|monsieur|madame|mme|signora?)\\.?\\s+)+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

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
        String plain = whole.strip().replaceAll("\\s+", " ");
        String name = ADDRESS.matcher(plain).replaceFirst("");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int comma = name.indexOf(", ");
        if (comma > 0) {
            return Optional.of(
                    new PersonName(Optional.of(name.substring(comma + 2)), Optional.of(name.substring(0, comma))));
        }
        int space = name.lastIndexOf(' ');
        if (space < 0) {
            return Optional.of(
                    name.equals(plain)
                            ? new PersonName(Optional.of(name), Optional.empty())
                            : new PersonName(Optional.empty(), Optional.of(name)));
        }
        return Optional.of(
                new PersonName(Optional.of(name.substring(0, space)), Optional.of(name.substring(space + 1))));
    }

    String full() {
        return (first.orElse("") + " " + last.orElse("")).strip();
    }
}
