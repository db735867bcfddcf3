package dev.patchbay.connections.http;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/** Creates Apache HTTP clients that neither retry nor redirect nor store state by themselves. */
final class ApacheClientFactory {

    /** The pool is large enough that ten tenants with their whole share ({@link TenantShares}) leave connections for others. */
    private static final int MAX_CONNECTIONS = 1_000;

    private static final int MAX_CONNECTIONS_PER_HOST = 200;

    private ApacheClientFactory() {}

    static CloseableHttpClient create(HttpSettings settings, DnsResolver resolver) {
        Timeout timeout = Timeout.of(settings.attemptTimeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        // A request on a connection that the provider has closed would look like a lost response.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .addRequestInterceptorLast((request, entity, context) -> Attempt.beforeHead(context))
                .build();
    }

    /**
     * The MDC uses this name for the id of the conversation, and it is the header by which a provider's support can find our
     * request.
     */
    private static final String CORRELATION = "correlationId";

    private static final String CORRELATION_HEADER = "X-Correlation-Id";

    static HttpUriRequestBase request(HttpCall call, Attempt attempt) {
        var request = new HttpUriRequestBase(call.method(), call.uri());
        request.setHeader("Accept", "application/json");
        request.setHeader("User-Agent", "Patchbay");
        Optional.ofNullable(MDC.get(CORRELATION)).ifPresent(id -> request.setHeader(CORRELATION_HEADER, id));
        call.headers().forEach(request::setHeader);
        JsonNode body = call.body();
        Map<String, List<String>> form = call.form();
        if (body != null) {
            request.setEntity(new WindowedBody(Json.write(body), ContentType.APPLICATION_JSON, attempt));
        } else if (form != null) {
            request.setEntity(new WindowedBody(encode(form), ContentType.APPLICATION_FORM_URLENCODED, attempt));
        }
        return request;
    }

    private static String encode(Map<String, List<String>> form) {
        return form.entrySet().stream()
                .flatMap(field -> field.getValue().stream().map(value -> encode(field.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Sends a body only while the window is open. */
    private static final class WindowedBody extends HttpEntityWrapper {

        private final Attempt attempt;

        WindowedBody(String text, ContentType type, Attempt attempt) {
            super(new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), type));
            this.attempt = attempt;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            attempt.requireOpen();
            super.writeTo(out);
        }
    }
}
