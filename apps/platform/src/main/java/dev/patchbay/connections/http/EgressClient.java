package dev.patchbay.connections.http;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** A client, and where it goes. */
record EgressClient(EgressPolicy policy, CloseableHttpClient client) {

    /** @param inside a host that may be inside the network, since it is the operator who named it; empty for none */
    static EgressClient open(HttpSettings settings, String exemptHost) {
        var addresses = new PublicAddressResolver(
                settings.allowPrivateAddresses(), exemptHost, SystemDefaultDnsResolver.INSTANCE);
        return new EgressClient(
                new EgressPolicy(settings.allowPrivateAddresses(), addresses),
                ApacheClientFactory.create(settings, addresses));
    }
}
