package dev.patchbay.effects;

import com.google.re2j.Pattern;

/** Recognises texts that agents write in place of a missing value, and placeholders that were not filled in. */
public final class AbsentText {

    private static final Pattern ABSENT = Pattern.compile(
            "(?i:n/a|n\\.a\\.|n\\.d\\.|not (?:yet )?(?:provided|given|available|applicable|known|specified|mentioned|stated|set|asked|collected)"
                    + "|no e-?mail(?: address)?|no (?:phone|number|name|value|data|information)|unknown|undefined|unspecified|tbd|anonymous"
                    + "|unbekannt|keine(?: (?:angaben?|e-?mail(?:adresse)?|nummer|telefonnummer))?"
                    + "|nicht (?:angegeben|bekannt|genannt|vorhanden|verfügbar)|entfällt|k\\. ?a\\."
                    + "|desconocid[oa]|no (?:disponible|proporcionad[oa]|especificad[oa])|ninguno|inconnue?|aucune?|non (?:fourni|renseigné|disponible)e?"
                    + "|sconosciut[oa]|nessun[oa]|onbekend|desconhecid[oa]|nenhuma?)"
                    + "|none|None|NONE|null|NULL|nil|-+|–+|—+|\\?+|\\.+|\\{\\{.*}}|\\$\\{.*}|<[a-z _-]+>|\\[[a-z _-]+]");

    private AbsentText() {}

    /** Says whether the whole text means that there is no value. */
    public static boolean matches(String text) {
        return ABSENT.matcher(text.strip()).matches();
    }
}
