package dev.patchbay.connections.http;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** An HTTP client with the policy of its destinations. */
record EgressClient(EgressPolicy policy, CloseableHttpClient client) {

    /** @param exemptHost a host that may have a private address, because the operator configured it; empty for none */
    static EgressClient open(HttpSettings settings, String exemptHost) {
        var addresses = new PublicAddressResolver(
                settings.allowPrivateAddresses(), exemptHost, SystemDefaultDnsResolver.INSTANCE);
        return new EgressClient(
                new EgressPolicy(settings.allowPrivateAddresses(), addresses),
                ApacheClientFactory.create(settings, addresses));
    }
}
