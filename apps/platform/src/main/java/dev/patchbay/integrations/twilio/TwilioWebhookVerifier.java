package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.kernel.Hashing;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Verifies {@code X-Twilio-Signature}: HMAC-SHA1, base64, of the public address followed by the form's parameters, or of an
 * address whose {@code bodySHA256} is the SHA-256 of a JSON body; the key is the auth token (Twilio, "Webhooks Security"). The
 * signature contains no time, so none expires: repeated webhooks are recognised by their deduplication keys.
 */
@Component
class TwilioWebhookVerifier implements WebhookVerifier {

    private static final Pattern ADDRESS = Pattern.compile(
            "(https?)(://(?:[^/?#@]*@)?(?:\\[[^\\]/?#]*]|[^/?#@:\\[]*))(:[0-9]+)?((?:[/?#].*)?)", Pattern.DOTALL);
    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(?=&|$)");

    TwilioWebhookVerifier() {}

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Optional<String> parameters = signedParameters(delivery);
        if (parameters.isEmpty()) {
            return Verdict.INVALID;
        }
        byte[] signature =
                Hashing.utf8(delivery.header().apply("x-twilio-signature").orElse(""));
        boolean isValid = false;
        for (String token : account.acceptedSecrets("auth_token")) {
            for (String url : urlVariants(delivery.url())) {
                // Compared as text: base64 has several encodings of the same bytes, and Twilio sends one.
                isValid |= Hashing.constantTimeEquals(sign(url + parameters.get(), token), signature);
            }
        }
        return isValid ? Verdict.VALID : Verdict.INVALID;
    }

    /** The part of the signed text after the address; empty when the body cannot have been signed. */
    private static Optional<String> signedParameters(Delivery delivery) {
        boolean form = delivery.mediaType().equals(TwilioNormaliser.FORM);
        Matcher hash = BODY_HASH.matcher(delivery.url());
        boolean hashed = hash.find();
        if (hashed ? !isHash(hash.group(1), delivery.body()) : !form) {
            return Optional.empty();
        }
        Optional<TwilioForm> read = form ? TwilioForm.read(delivery.body()) : Optional.of(TwilioForm.NONE);
        return read.filter(it -> !hasMovedParameters(delivery.url(), it)).map(TwilioForm::signedText);
    }

    /**
     * The signed text has no separators, so parameters moved from the start of the body to the end of the address sign the same.
     * Twilio's first parameter is the account's SID: it must be in the body, not in the address.
     */
    private static boolean hasMovedParameters(String url, TwilioForm form) {
        return url.contains("AccountSid") && !form.has("AccountSid");
    }

    private static boolean isHash(String stated, byte[] body) {
        String expected = HexFormat.of().formatHex(Hashing.sha256(body));
        return Hashing.constantTimeEquals(Hashing.utf8(expected), Hashing.utf8(stated.toLowerCase(Locale.ROOT)));
    }

    /** The address with and without its port: Twilio signs either, never another scheme. */
    private static List<String> urlVariants(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches()) {
            return List.of(url);
        }
        String standard = address.group(1).equals("https") ? ":443" : ":80";
        String port = Optional.ofNullable(address.group(3)).orElse(standard);
        return Stream.of("", port)
                .map(either -> address.group(1) + address.group(2) + either + address.group(4))
                .toList();
    }

    private static byte[] sign(String text, String token) {
        return Base64.getEncoder().encode(Hashing.hmacSha1(Hashing.utf8(token), Hashing.utf8(text)));
    }
}
