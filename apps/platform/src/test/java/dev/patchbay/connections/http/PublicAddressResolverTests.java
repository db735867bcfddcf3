package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressResolverTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::8.8.8.8",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "64:ff9b::a00:1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff:fff::1"
            })
    void refusesNonPublicAddresses(String address) throws UnknownHostException {
        assertThat(PublicAddressResolver.isPublic(InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "198.20.0.1",
                "192.0.1.1",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "3fff:1000::1"
            })
    void acceptsPublicAddresses(String address) throws UnknownHostException {
        assertThat(PublicAddressResolver.isPublic(InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void refusesAHostWithOnePrivateAddressAmongPublicOnes() throws UnknownHostException {
        var names = new InMemoryDnsResolver();
        names.add("rebound.test", InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
        names.add("good.test", InetAddress.getByName("8.8.8.8"));
        var resolver = new PublicAddressResolver(false, "", names);
        assertThatThrownBy(() -> resolver.resolve("rebound.test"))
                .isInstanceOf(PublicAddressResolver.AddressRefused.class)
                .hasMessage("rebound.test is not a public address");
        assertThat(resolver.resolve("good.test")).hasSize(1);
        assertThat(new PublicAddressResolver(true, "", names).resolve("rebound.test"))
                .hasSize(2);
    }

    @Test
    void leavesCanonicalNamesToTheSystem() throws UnknownHostException {
        assertThat(new PublicAddressResolver(false, "", SystemDefaultDnsResolver.INSTANCE)
                        .resolveCanonicalHostname("127.0.0.1"))
                .isNotBlank();
    }
}
