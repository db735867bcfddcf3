package dev.patchbay.sandbox.twilio;

/** How many SMS a text takes: 160 characters of GSM-7 or 70 of UCS-2, a few less each when there are several (3GPP TS 23.038). */
final class TwilioSegments {

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "^{}\\[~]|€";

    private TwilioSegments() {}

    static int count(String text) {
        boolean gsm = text.chars().allMatch(unit -> BASIC.indexOf(unit) >= 0 || EXTENDED.indexOf(unit) >= 0);
        long length = gsm
                ? text.chars().map(unit -> EXTENDED.indexOf(unit) >= 0 ? 2 : 1).sum()
                : text.length();
        int single = gsm ? 160 : 70;
        int part = gsm ? 153 : 67;
        return length <= single ? 1 : Math.toIntExact((length + part - 1) / part);
    }
}
