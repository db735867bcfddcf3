package dev.patchbay.kernel;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Redacts text and JSON for logs, traces and browsers: credentials, e-mail addresses, telephone numbers (the last two digits
 * stay) and card numbers. Ids, times and plain numbers stay.
 *
 * <p>Every pattern runs in linear time, by possessive quantifiers and by matches that begin only where the one before ended. A
 * hostile line costs no more than a long one.
 */
public final class Redaction {

    private static final String HIDDEN = "[hidden]";
    private static final String SECRET_NAME =
            "(?:secret|token|password|passwd|passphrase|authorization|api[_-]?key|private[_-]?key|credentials?|cookie|csrf|xsrf"
                    + "|nonce|code[_-]?verifier|_session|__(?:host|secure)-)";
    private static final String QUOTE = "\\\\{0,3}[\"']?";

    private static final Pattern NAMES_A_SECRET = Pattern.compile(SECRET_NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMES_A_PHONE =
            Pattern.compile("phone|mobile|msisdn|^from$|^to$", Pattern.CASE_INSENSITIVE);

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\\s\\\\]*+(?:-----END [A-Z ]{0,30}KEY-----)?+");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic)(?:\\s|%20|\\+){1,4}+([A-Za-z0-9._~+/=-]++)");
    /** A header with all its cookies. */
    private static final Pattern COOKIES = Pattern.compile("(?i)(\\bcookie:\\s{0,3}+)[^\\r\\n\"\\\\]++");

    private static final Pattern NAMED_SECRET =
            Pattern.compile("(?i)(" + SECRET_NAME + "[A-Za-z_-]{0,12}" + QUOTE + "\\s{0,3}(?:[:=]|%3D)\\s{0,3}" + QUOTE
                    + ")(?:(?:bearer|basic|digest|token)\\s{1,3}+)?+([^\\s\"',;&}\\\\]++)");
    private static final Pattern SECRET_AFTER_NAME =
            Pattern.compile("(?i)(" + SECRET_NAME + "\\s{1,3}+(?:is\\s{1,3}+|was\\s{1,3}+)?+)([A-Za-z0-9+/=_-]{16,}+)");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)([?&](?:key|sig|signature|code|state|ticket|invitation)=)[^&\\s\"]++");
    /** A run of characters that may hold a token; {@code TOKEN_START} decides. */
    private static final Pattern TOKEN_CANDIDATE = Pattern.compile("[A-Za-z0-9_.~/=-]{10,}+");

    private static final Pattern TOKEN_START = Pattern.compile(
            "(?<![A-Za-z0-9])(?:(?:pbt_|sk_|rk_|pk_|whsec_|GOCSPX-|pit-|ya29\\.|1//)[A-Za-z0-9_-]{6}|eyJ[A-Za-z0-9_-]{12}"
                    + "|key_(?=[A-Za-z_-]{0,12}[0-9])[A-Za-z0-9]{8})");
    private static final Pattern E_MAIL =
            Pattern.compile("(?<![\\p{L}\\p{N}._+'-])[\\p{L}\\p{N}._+'-]++(?:@|%40)([\\p{L}\\p{N}.-]++)");
    private static final Pattern ID_OF_OURS = Pattern.compile("[a-z]{2,5}_[0-9a-hjkmnp-tv-z]{22,26}");
    private static final Pattern SPACED_DIGITS = Pattern.compile("(?<![\\w.])[0-9][0-9 -]{11,}+");
    private static final Pattern PHONE = Pattern.compile("(?:"
            + "(?:\\+|%2B)[1-9](?:[ .()/-]{0,2}[0-9]){6,14}+"
            + "|(?<![\\w.:+-])00[1-9](?:[ .()/-]{0,2}[0-9]){7,13}+(?![\\w-])"
            + "|(?<![\\w.+-])(?:1[ .-])?\\([0-9]{3}\\)[ .-]?[0-9]{3}[ .-][0-9]{4}(?![\\w-])"
            + "|(?<![\\w.+:-])(?:1[ .-])?[0-9]{3}([ .-])[0-9]{3}\\1[0-9]{4}(?![\\w-]|\\.[0-9])"
            + "|(?<![\\w.:+-])0[0-9]{1,4}[ /-](?:[0-9]{6,8}|[0-9]{3,4}[ -][0-9]{3,4})(?![\\w:-])"
            + ")");

    /** The length of a {@link #TOKEN_CANDIDATE}. */
    private static final int MIN_RUN_LENGTH = 10;

    /** The digits of a telephone or card number. */
    private static final int MIN_DIGITS = 7;

    private Redaction() {}

    /** The text with everything secret replaced. */
    public static String redact(String text) {
        var scan = CharacterScan.of(text);
        String out = scan.keyBlock() ? PRIVATE_KEY.matcher(text).replaceAll(HIDDEN) : text;
        if (scan.whitespace()) {
            out = replace(
                    AUTHORIZATION,
                    out,
                    found -> found.group(1) + " " + (isPlainWord(found.group(2)) ? found.group(2) : HIDDEN));
        }
        if (scan.assignment()) {
            out = replace(COOKIES, out, found -> found.group(1) + HIDDEN);
            out = replace(NAMED_SECRET, out, found -> found.group(1) + HIDDEN);
        }
        if (scan.whitespace()) {
            out = replace(
                    SECRET_AFTER_NAME,
                    out,
                    found -> found.group(1) + (isNoSecret(found.group(2)) ? found.group(2) : HIDDEN));
        }
        if (scan.parameter()) {
            out = replace(SECRET_PARAMETER, out, found -> found.group(1) + HIDDEN);
        }
        if (text.length() >= MIN_RUN_LENGTH) {
            out = replace(TOKEN_CANDIDATE, out, found -> maskToken(found.group()));
        }
        if (scan.atSign()) {
            out = replace(E_MAIL, out, found -> found.group(1).indexOf('.') > 0 ? "[e-mail]" : found.group());
        }
        if (scan.digits() >= MIN_DIGITS) {
            out = replace(SPACED_DIGITS, out, found -> CardNumbers.mask(found.group()));
            out = replace(PHONE, out, found -> maskPhone(found.group()));
        }
        return out;
    }

    /**
     * Finds the characters that the patterns need. Most texts have none, and this scan is much cheaper than matching.
     *
     * @param whitespace white space, or its encoding in a URL
     */
    private record CharacterScan(
            boolean keyBlock, boolean whitespace, boolean assignment, boolean parameter, boolean atSign, int digits) {

        private static CharacterScan of(String text) {
            boolean gap = false;
            boolean assignment = false;
            boolean query = false;
            boolean at = false;
            boolean dash = false;
            int digits = 0;
            for (int index = 0; index < text.length(); index++) {
                char c = text.charAt(index);
                digits += c >= '0' && c <= '9' ? 1 : 0;
                gap |= c <= ' ' || c == '%' || c == '+';
                assignment |= c == ':' || c == '=' || c == '%';
                query |= c == '?' || c == '&';
                at |= c == '@' || c == '%';
                dash |= c == '-';
            }
            return new CharacterScan(dash && text.contains("-----BEGIN"), gap, assignment, query, at, digits);
        }
    }

    /** The tree with every text, number and member name redacted; the value of a member named like a secret is hidden as a whole. */
    public static JsonNode tree(JsonNode tree) {
        return tree("", tree);
    }

    private static JsonNode tree(String name, JsonNode node) {
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.propertyStream()
                    .forEach(member -> object.set(redact(member.getKey()), member(member.getKey(), member.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.valueStream().forEach(item -> array.add(tree(name, item)));
            return array;
        }
        return node.isString() || node.isNumber() ? value(name, node) : node;
    }

    private static JsonNode member(String name, JsonNode value) {
        boolean hidden =
                NAMES_A_SECRET.matcher(name).find() && !value.isNumber() && !value.isBoolean() && !value.isNull();
        return hidden ? JsonNodeFactory.instance.stringNode(HIDDEN) : tree(name, value);
    }

    private static JsonNode value(String name, JsonNode node) {
        String before = node.asString();
        String after = redact(before);
        if (after.equals(before) && NAMES_A_PHONE.matcher(name).find() && isDigits(before)) {
            after = maskPhone(before);
        }
        return after.equals(before) ? node : JsonNodeFactory.instance.stringNode(after);
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> with) {
        return pattern.matcher(text).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(with.apply(found)));
    }

    private static String maskToken(String run) {
        var start = TOKEN_START.matcher(run);
        return start.find() ? run.substring(0, start.start()) + HIDDEN : run;
    }

    private static String maskPhone(String written) {
        return "[phone …" + written.substring(written.length() - 2) + "]";
    }

    /** A lower-case word without digits, such as in "basic authentication", is no credential. */
    private static boolean isPlainWord(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT)) && text.chars().noneMatch(c -> c >= '0' && c <= '9');
    }

    /** A long word, or an id of ours, after a name like "token" is no secret. */
    private static boolean isNoSecret(String text) {
        return isPlainWord(text) || ID_OF_OURS.matcher(text).matches();
    }

    private static boolean isDigits(String text) {
        return text.length() >= MIN_DIGITS
                && text.length() <= 15
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
