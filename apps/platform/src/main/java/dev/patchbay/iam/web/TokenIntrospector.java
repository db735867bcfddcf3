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

/** Looks a bearer token up and makes its holder the request's principal. */
@Component
final class TokenIntrospector implements OpaqueTokenIntrospector {

    private final ServiceTokens tokens;

    TokenIntrospector(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        return tokens.authenticate(token).map(TokenPrincipal::new).orElseThrow(() -> new BadOpaqueTokenException("unknown token"));
    }

    /** The caller as Spring Security carries it; what it may do is asked of {@code Access}, not of authorities. */
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
