package dev.patchbay.connections.http;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** A client, and where it goes. */
record WayOut(Destination destination, CloseableHttpClient client) {

    /** @param inside a host that may be inside the network, since it is the operator who named it; empty for none */
    static WayOut open(HttpSettings settings, String inside) {
        var addresses =
                new PublicAddresses(settings.allowPrivateAddresses(), inside, SystemDefaultDnsResolver.INSTANCE);
        return new WayOut(
                new Destination(settings.allowPrivateAddresses(), addresses),
                ProviderClient.create(settings, addresses));
    }
}
