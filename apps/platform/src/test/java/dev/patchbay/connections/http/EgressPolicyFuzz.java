package dev.patchbay.connections.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Fuzzes base addresses: no accepted text leads to a private network, also when it is read as C libraries read addresses:
 * {@code 127.1}, {@code 0177.0.0.1}, {@code 0x7f000001}, {@code 2130706433}.
 */
final class EgressPolicyFuzz {

    private static final EgressPolicy POLICY =
            new EgressPolicy(false, new PublicAddressResolver(false, "", new DnsResolver() {
                @Override
                public InetAddress[] resolve(String host) throws UnknownHostException {
                    return new InetAddress[] {address(host)};
                }

                @Override
                public String resolveCanonicalHostname(String host) {
                    return host;
                }
            }));

    private EgressPolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws UnknownHostException {
        URI uri;
        try {
            uri = URI.create(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noAddress) {
            return;
        }
        Optional<String> problem = POLICY.baseUrlProblem(uri);
        if (problem.isPresent()) {
            require(!problem.get().isBlank(), "refused without a reason: " + uri);
            return;
        }
        require("https".equalsIgnoreCase(uri.getScheme()), "not over https: " + uri);
        require(uri.getRawUserInfo() == null, "with credentials: " + uri);
        String host = uri.getHost();
        require(PublicAddressResolver.isPublic(address(host)), "inside a network: " + uri);
        OptionalLong asInC = asInC(host);
        if (asInC.isPresent()) {
            require(
                    PublicAddressResolver.isPublic(v4(asInC.getAsLong())),
                    "inside a network, as others read it: " + uri);
            require(address(host).equals(v4(asInC.getAsLong())), "two servers: " + uri);
        }
    }

    /** As the JDK reads it; every host name resolves to a public address. */
    private static InetAddress address(String host) throws UnknownHostException {
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", ""));
        } catch (IllegalArgumentException name) {
            return InetAddress.getByAddress(host, new byte[] {93, (byte) 184, (byte) 215, 14});
        }
    }

    private static InetAddress v4(long address) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
    }

    /** {@code inet_aton}: one to four numbers, each decimal, octal or hexadecimal; the last fills what is left. */
    private static OptionalLong asInC(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return OptionalLong.empty();
        }
        long address = 0;
        for (int at = 0; at < parts.length; at++) {
            OptionalLong part = number(parts[at]);
            int bits = at == parts.length - 1 ? 8 * (5 - parts.length) : 8;
            if (part.isEmpty() || part.getAsLong() >= 1L << bits) {
                return OptionalLong.empty();
            }
            address = address << bits | part.getAsLong();
        }
        return OptionalLong.of(address);
    }

    private static OptionalLong number(String text) {
        boolean hex = text.matches("0[xX][0-9a-fA-F]{1,10}");
        boolean octal = text.matches("0[0-7]{0,12}");
        if (!hex && !octal && !text.matches("[1-9][0-9]{0,10}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text, octal ? 8 : 10));
    }

    private static void require(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
