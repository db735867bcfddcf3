package dev.patchbay.integrations.twilio;

/**
 * Counts the SMS that a text needs, each of which is billed: up to 160 characters of the GSM alphabet, or 70 of any other
 * alphabet, and a few less each when there are several (3GPP TS 23.038; Twilio, "SMS character limits").
 */
final class SmsSegments {

    private static final String GSM_BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each of these counts as two characters. */
    private static final String GSM_EXTENDED = "^{}\\[~]|€\f";

    private static final int GSM_SINGLE = 160;
    private static final int GSM_PART = 153;
    private static final int UNICODE_SINGLE = 70;
    private static final int UNICODE_PART = 67;

    private SmsSegments() {}

    static int count(String text) {
        boolean gsm = text.chars().allMatch(unit -> GSM_BASIC.indexOf(unit) >= 0 || GSM_EXTENDED.indexOf(unit) >= 0);
        int places = gsm
                ? text.chars()
                        .map(unit -> GSM_EXTENDED.indexOf(unit) >= 0 ? 2 : 1)
                        .sum()
                : text.length();
        int single = gsm ? GSM_SINGLE : UNICODE_SINGLE;
        int part = gsm ? GSM_PART : UNICODE_PART;
        return places <= single ? 1 : (places + part - 1) / part;
    }
}
