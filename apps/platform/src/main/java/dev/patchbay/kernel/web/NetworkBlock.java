package dev.patchbay.kernel.web;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of IP addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param prefix the number of leading bits that addresses of the block have in common
 */
record NetworkBlock(InetAddress network, int prefix) {

    /**
     * Parses a block or a single address.
     *
     * @throws IllegalArgumentException when the text is not an address with an optional prefix
     */
    static NetworkBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = parseAddress(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(text + " is no block of addresses like 10.0.0.0/8"));
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(text + " has a prefix beyond " + bits);
        }
        return new NetworkBlock(network, prefix);
    }

    /** Parses an address. A host name is not an address, and is never looked up. */
    static Optional<InetAddress> parseAddress(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((own[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
