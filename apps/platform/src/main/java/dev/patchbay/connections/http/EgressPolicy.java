package dev.patchbay.connections.http;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides whether a request may go to an address, by its spelling and by the addresses that its host resolves to. The spelling
 * alone proves nothing: the resolved addresses are checked here and again at each connection ({@link PublicAddressResolver}).
 */
final class EgressPolicy {

    /** Decimal to Java, octal to other libraries: 0177.0.0.1 names two servers. */
    private static final Pattern OCTAL = Pattern.compile("(?:^|\\.)0[0-9]");

    /** A host name to Java, an address to other libraries: 0x7f000001. */
    private static final Pattern HEXADECIMAL = Pattern.compile("(?:^|\\.)0[xX][0-9a-fA-F]*\\.?$");

    private static final Pattern DIGITS = Pattern.compile("[0-9.]++");

    private final boolean allowPrivate;
    private final DnsResolver resolver;

    /** @param allowPrivate whether private addresses, and with them plain http, are allowed */
    EgressPolicy(boolean allowPrivate, DnsResolver resolver) {
        this.allowPrivate = allowPrivate;
        this.resolver = resolver;
    }

    /** The problem of the address's spelling, as a sentence; empty when there is none. */
    Optional<String> spellingProblem(URI uri) {
        String scheme = uri.getScheme();
        boolean plain = "http".equalsIgnoreCase(scheme);
        if (!plain && !"https".equalsIgnoreCase(scheme)) {
            return Optional.of("Give an address that begins with https://");
        }
        if (plain && !allowPrivate) {
            return Optional.of("Give an https:// address: over http anybody on the way can read the credentials.");
        }
        // A text that java.net.URI does not accept as a host (2130706433, 0x7f.1, _x) may be an address to other
        // libraries.
        if (uri.getHost() == null || isAmbiguous(uri.getHost())) {
            return Optional.of("Give an address with an ordinary host name.");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("Leave out what stands before the @: credentials do not belong in an address.");
        }
        return Optional.empty();
    }

    private static boolean isAmbiguous(String host) {
        return (DIGITS.matcher(host).matches() && OCTAL.matcher(host).find())
                || HEXADECIMAL.matcher(host).find();
    }

    /** The problem of a base address, as a sentence; empty when requests may go there. */
    Optional<String> baseUrlProblem(URI base) {
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            return Optional.of(
                    "Leave out the query and the fragment: the paths of the API are appended to this address.");
        }
        return spellingProblem(base).or(() -> resolutionProblem(base.getHost()));
    }

    private Optional<String> resolutionProblem(String host) {
        try {
            resolver.resolve(host);
            return Optional.empty();
        } catch (PublicAddressResolver.AddressRefused inside) {
            return Optional.of(inside.getMessage() + ": give one that the internet reaches.");
        } catch (UnknownHostException nowhere) {
            return Optional.of("No server is called " + host + ": check the spelling.");
        }
    }
}
