package dev.patchbay.iam.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;

/** The issuer's metadata and keys as fetched at one time. */
record IssuerSnapshot(ProviderMetadata metadata, JWKSet keys, Instant fetchedAt) {}
