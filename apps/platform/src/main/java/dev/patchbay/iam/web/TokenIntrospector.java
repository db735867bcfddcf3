package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.tokens.ServiceTokens;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** Authenticates a bearer token and makes its identity the request's principal. */
@Component
final class TokenIntrospector implements OpaqueTokenIntrospector {

    private final ServiceTokens tokens;

    TokenIntrospector(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        return tokens.authenticate(token)
                .map(TokenPrincipal::new)
                .orElseThrow(() -> new BadOpaqueTokenException("unknown token"));
    }

    /** The identity as Spring Security carries it; permissions come from {@code Access}, not from authorities. */
    record TokenPrincipal(Identity identity) implements OAuth2AuthenticatedPrincipal, Identity.Principal {

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of("sub", identity.subject());
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return List.of();
        }

        @Override
        public String getName() {
            return identity.subject();
        }
    }
}
