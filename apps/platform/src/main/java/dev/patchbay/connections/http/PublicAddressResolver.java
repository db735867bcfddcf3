package dev.patchbay.connections.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves provider hosts and refuses every address inside a network: a connection's base address is a customer's
 * input. The client connects to exactly the addresses that were checked, so a second DNS answer cannot differ.
 */
final class PublicAddressResolver implements DnsResolver {

    /** IPv4 blocks beyond what {@link InetAddress} knows, as {network, prefix length} (IANA special-purpose registry, and one cloud's). */
    private static final List<Block> NON_PUBLIC_BLOCKS = List.of(
            new Block(0x00000000, 8), // this network
            new Block(0x64400000, 10), // carrier-grade NAT
            new Block(0xA83F8110, 32), // Azure's own services, which answer only inside it
            new Block(0xC0000000, 24), // protocol assignments
            new Block(0xC0000200, 24), // documentation
            new Block(0xC0586300, 24), // 6to4 relays
            new Block(0xC6120000, 15), // benchmarking
            new Block(0xC6336400, 24), // documentation
            new Block(0xCB007100, 24), // documentation
            new Block(0xF0000000, 4)); // reserved and broadcast

    private final boolean allowPrivate;
    private final String exemptHost;
    private final DnsResolver delegate;

    /** @param inside a host that may be anywhere; empty for none */
    PublicAddressResolver(boolean allowPrivate, String exemptHost, DnsResolver delegate) {
        this.allowPrivate = allowPrivate;
        this.exemptHost = exemptHost;
        this.delegate = delegate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = delegate.resolve(host);
        boolean anywhere = allowPrivate || host.equalsIgnoreCase(exemptHost);
        if (!anywhere && !Arrays.stream(found).allMatch(PublicAddressResolver::isPublic)) {
            throw new AddressRefused(host);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return delegate.resolveCanonicalHostname(host);
    }

    /** Whether the address belongs to the public internet, by itself and by any IPv4 address it carries. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address
                ? NON_PUBLIC_BLOCKS.stream().noneMatch(it -> it.holds(octets))
                : isGlobalV6(octets);
    }

    /**
     * Only 2000::/3 is handed out (IANA); that leaves out unique-local, mapped, compatible and NAT64 addresses. Inside
     * it, 2001::/23 (Teredo), documentation (2001:db8::/32, 3fff::/20) and 2002::/16 (6to4) are not public or carry an IPv4 address.
     */
    private static boolean isGlobalV6(byte[] octets) {
        int first = word(octets, 0);
        int second = word(octets, 2);
        boolean handedOut = first >>> 13 == 1;
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8);
        return handedOut && !special && first != 0x2002 && !(first == 0x3fff && second < 0x1000);
    }

    private static int word(byte[] octets, int at) {
        return Byte.toUnsignedInt(octets[at]) << 8 | Byte.toUnsignedInt(octets[at + 1]);
    }

    private record Block(int network, int prefix) {
        boolean holds(byte[] octets) {
            int address = word(octets, 0) << 16 | word(octets, 2);
            return (address ^ network) >>> (32 - prefix) == 0;
        }
    }

    /** The host is inside a network. */
    static final class AddressRefused extends UnknownHostException {
        AddressRefused(String host) {
            super(host + " is not a public address");
        }
    }
}
