package dev.patchbay.kernel;

import com.google.re2j.Pattern;

/** Recognises texts that agents write in place of a missing value, and placeholders that were not filled in. */
public final class AbsentText {

    private static final String GIVEN =
            "(?:provided|given|available|applicable|known|specified|mentioned|stated|shared|set|asked|collected|disclosed)(?: by (?:the )?caller)?";

    private static final String DETAIL =
            "(?:e-?mail(?: address)?|phone(?: number)?|number|name|value|data|information|address)";

    private static final Pattern ABSENT = Pattern.compile(
            ("(?i:n/a|#n/a|n\\.a|n\\.d|(?:DETAIL |none )?(?:was |is )?not?[ _-](?:yet[ _-])?GIVEN|no[ _]DETAIL(?: GIVEN)?|none GIVEN"
                            + "|unknown(?: (?:caller|name|number|unknown))?|undefined|unspecified|tbd|tba|tbc|to be (?:determined|confirmed|announced)"
                            + "|anonymous(?: caller)?|(?:the |private |wireless )?caller|not sure(?: yet)?|unsure|declined|refused"
                            + "|(?:declined|refused|prefers? not|did not want) to (?:say|answer|give|provide|share)"
                            + "|(?:the )?(?:caller )?(?:did not|didn['’]t|does not|doesn['’]t) (?:say|give|provide|share|have one|know)"
                            + "|withheld|unbekannt|keine(?: (?:angaben?|e-?mail(?:adresse)?|nummer|telefonnummer))?"
                            + "|(?:wurde )?nicht (?:angegeben|bekannt|genannt|mitgeteilt|vorhanden|verfügbar)|entfällt|k\\. ?a"
                            + "|desconocid[oa]|no (?:disponible|proporcionad[oa]|especificad[oa]|tiene)|ninguno|inconnue?|aucune?|non (?:fourni|renseigné|disponible)e?"
                            + "|sconosciut[oa]|nessun[oa]|onbekend|desconhecid[oa]|nenhuma?)"
                            + "|none|None|NONE|null|NULL|null null|undefined undefined|nil|NA|-+|–+|—+|\\?+")
                    .replace("DETAIL", DETAIL)
                    .replace("GIVEN", GIVEN));

    /** A placeholder that nothing was filled into. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{.*}}|\\$\\{.*}|\\{[A-Za-z_. ]+}|%[a-z_]+%|<[A-Za-z _-]+>|\\[[A-Za-z _-]+]");

    /** Quotes, brackets and full stops around a text that change nothing about it. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\"'“„(\\[]+|[\\s\"'”“)\\].]+$");

    /** No text that says that there is no value is longer; a longer one is not searched. */
    private static final int MAX_LENGTH = 200;

    private AbsentText() {}

    /** Says whether the whole text means that there is no value. */
    public static boolean matches(String text) {
        String plain = text.strip();
        if (plain.length() > MAX_LENGTH) {
            return false;
        }
        String bare = AROUND.matcher(plain).replaceAll("");
        return bare.isEmpty()
                || ABSENT.matcher(bare).matches()
                || PLACEHOLDER.matcher(plain).matches();
    }
}
