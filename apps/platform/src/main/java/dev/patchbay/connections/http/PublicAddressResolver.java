package dev.patchbay.connections.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves provider hosts and rejects non-public addresses, because a connection's base address is a customer's input (SSRF).
 * The client connects to exactly the addresses that were checked, so a second DNS response cannot differ (DNS rebinding).
 */
final class PublicAddressResolver implements DnsResolver {

    /** IPv4 blocks that {@link InetAddress} does not classify (IANA special-purpose address registry, and one cloud provider's). */
    private static final List<Block> NON_PUBLIC_BLOCKS = List.of(
            new Block(0x00000000, 8), // this network
            new Block(0x64400000, 10), // carrier-grade NAT
            new Block(0xA83F8110, 32), // Azure platform services (168.63.129.16)
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

    /** @param exemptHost a host that may have any address; empty for none */
    PublicAddressResolver(boolean allowPrivate, String exemptHost, DnsResolver delegate) {
        this.allowPrivate = allowPrivate;
        this.exemptHost = exemptHost;
        this.delegate = delegate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = delegate.resolve(host);
        boolean isExempt = allowPrivate || host.equalsIgnoreCase(exemptHost);
        if (!isExempt && !Arrays.stream(addresses).allMatch(PublicAddressResolver::isPublic)) {
            throw new AddressRefused(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return delegate.resolveCanonicalHostname(host);
    }

    /** Whether the address, and any IPv4 address embedded in it, belongs to the public internet. */
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
                ? NON_PUBLIC_BLOCKS.stream().noneMatch(it -> it.contains(octets))
                : isGlobalV6(octets);
    }

    /**
     * IANA allocates only 2000::/3, which excludes unique-local, mapped, compatible and NAT64 addresses. Within it, 2001::/23
     * (Teredo), documentation (2001:db8::/32, 3fff::/20) and 2002::/16 (6to4) are not public or embed an IPv4 address.
     */
    private static boolean isGlobalV6(byte[] octets) {
        int first = word(octets, 0);
        int second = word(octets, 2);
        boolean allocated = first >>> 13 == 1;
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8);
        return allocated && !special && first != 0x2002 && !(first == 0x3fff && second < 0x1000);
    }

    private static int word(byte[] octets, int at) {
        return Byte.toUnsignedInt(octets[at]) << 8 | Byte.toUnsignedInt(octets[at + 1]);
    }

    private record Block(int network, int prefix) {
        boolean contains(byte[] octets) {
            int address = word(octets, 0) << 16 | word(octets, 2);
            return (address ^ network) >>> (32 - prefix) == 0;
        }
    }

    /** The host has an address that is not public. */
    static final class AddressRefused extends UnknownHostException {
        AddressRefused(String host) {
            super(host + " is not a public address");
        }
    }
}
