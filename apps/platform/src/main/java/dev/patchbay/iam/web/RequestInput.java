package dev.patchbay.iam.web;

import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.people.Invitee;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.UserId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the members of request bodies. */
final class RequestInput {

    private static final int MAX_NAME_LENGTH = 100;

    private static final int MAX_PERSON_NAME_LENGTH = 60;

    private static final int MAX_EMAIL_LENGTH = 254;

    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}");

    /** Names of people appear in mails: they may not break a line, change its direction or become a link. */
    private static final Pattern FORBIDDEN_IN_NAME = Pattern.compile(
            "[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]|://|(?i:www\\.)" + "|[\\p{L}\\p{N}]{2}\\.\\p{L}{2}");

    private RequestInput() {}

    static String name(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID, "Give name, in " + MAX_NAME_LENGTH + " characters at most.");
        }
        requireOneLine("name", name);
        return name.strip();
    }

    /** A person to invite, with one plain e-mail address. */
    static Invitee invitee(@Nullable String email, @Nullable String name) {
        String address = text("email", email).strip();
        if (address.length() > MAX_EMAIL_LENGTH || !EMAIL.matcher(address).matches()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give email as one address, like ada@example.com.");
        }
        String personName = name(name);
        if (personName.length() > MAX_PERSON_NAME_LENGTH
                || FORBIDDEN_IN_NAME.matcher(personName).find()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Give name in one line of " + MAX_PERSON_NAME_LENGTH
                            + " characters at most, with no address in it.");
        }
        return new Invitee(address, personName);
    }

    static String text(String member, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give " + member + ".");
        }
        requireOneLine(member, text);
        return text;
    }

    private static void requireOneLine(String member, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give " + member + " in one line.");
        }
    }

    /** @throws Problem {@code 404.client_not_found} when the text is not a well-formed id */
    static Optional<ClientId> client(@Nullable String id) {
        return Optional.ofNullable(id)
                .map(text -> ClientId.parse(text)
                        .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client.")));
    }

    /** @throws Problem {@code 404.role_not_found} when the text is not a well-formed id */
    static RoleId role(@Nullable String role) {
        try {
            return new RoleId(text("role", role));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(ProblemType.ROLE_NOT_FOUND, "There is no such role.");
        }
    }

    /** @throws Problem {@code 404.user_not_found} when the text is not a well-formed id */
    static UserId user(@Nullable String id) {
        try {
            return new UserId(text("userId", id));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(ProblemType.USER_NOT_FOUND, "There is no such user.");
        }
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
        var permissions = new LinkedHashSet<Permission>();
        if (texts != null) {
            texts.forEach(text -> permissions.add(permission(text)));
        }
        return permissions;
    }
}
