package dev.patchbay.iam.web;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what bodies and parameters say about who may do what. */
final class Given {

    private static final int LONGEST = 100;

    private Given() {}

    static String name(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give name, in " + LONGEST + " characters at most.");
        }
        return name.strip();
    }

    static String text(String member, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give " + member + ".");
        }
        return text;
    }

    /** @throws Problem {@code 404.client_not_found} for what cannot be an id */
    static Optional<ClientId> client(@Nullable String id) {
        return Optional.ofNullable(id)
                .map(text -> ClientId.parse(text)
                        .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client.")));
    }

    static Permission permission(String text) {
        try {
            return Permission.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Write permissions as action:resource, for example read:flows; see GET /api/v1/iam/permissions.");
        }
    }

    static Set<Permission> permissions(@Nullable Collection<String> texts) {
        var read = new LinkedHashSet<Permission>();
        if (texts != null) {
            texts.forEach(text -> read.add(permission(text)));
        }
        return read;
    }
}
