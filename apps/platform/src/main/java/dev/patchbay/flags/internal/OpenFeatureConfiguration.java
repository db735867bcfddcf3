package dev.patchbay.flags.internal;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.Flags;
import dev.patchbay.iam.access.Identity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Registers the provider with OpenFeature, under the domain {@code patchbay}. */
@Configuration(proxyBeanMethods = false)
class OpenFeatureConfiguration {

    private static final String DOMAIN = "patchbay";

    /** Evaluates for the sender of the request being served, or for nobody outside of a request. */
    @Bean
    Client openFeatureClient(Flags flags) {
        var api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(DOMAIN, new PatchbayFlagProvider(flags, OpenFeatureConfiguration::currentCaller));
        return api.getClient(DOMAIN);
    }

    static FlagCaller currentCaller() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Identity.of(attributes.getRequest()).map(FlagCaller::of).orElse(FlagCaller.NOBODY)
                : FlagCaller.NOBODY;
    }
}
