package dev.patchbay.notifications.web;

import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.UserId;
import dev.patchbay.notifications.PhoneConfirmation;
import dev.patchbay.notifications.PreferenceService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the caller is told of notices: their preferences, and the number for texts. */
@RestController
@RequestMapping("/api/v1/me")
final class NoticePreferencesController {

    private final PreferenceService preferences;
    private final PhoneConfirmation phones;

    NoticePreferencesController(PreferenceService preferences, PhoneConfirmation phones) {
        this.preferences = preferences;
        this.phones = phones;
    }

    @Authenticated
    @GetMapping("/notice-preferences")
    PreferencesResponse find(Identity identity) {
        UserId person = Person.of(identity);
        return PreferencesResponse.of(
                preferences.find(identity.tenant(), person), phones.find(identity.tenant(), person));
    }

    @Authenticated
    @PutMapping("/notice-preferences")
    PreferencesResponse save(Identity identity, @RequestBody PreferencesRequest request) {
        preferences.save(identity.tenant(), Person.requireSelf(identity), request.toPreferences());
        return find(identity);
    }

    record PhoneRequest(@Nullable String number) {}

    /** Texts a code to the number, which replaces the present one. */
    @Authenticated
    @PostMapping("/phone")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sendCode(Identity identity, @RequestBody PhoneRequest request) {
        UserId person = Person.requireSelf(identity);
        PhoneNumber number = PhoneNumber.read(Objects.requireNonNullElse(request.number(), ""))
                .orElseThrow(() -> new Problem(
                        ProblemType.VARIABLES_INVALID, "Give number in international form, like +13125550142."));
        phones.sendCode(identity.tenant(), person, number);
    }

    record CodeRequest(@Nullable String code) {}

    /** Confirms the number by the code that was texted to it. */
    @Authenticated
    @PostMapping("/phone/confirm")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(Identity identity, @RequestBody CodeRequest request) {
        UserId person = Person.requireSelf(identity);
        phones.confirm(
                identity.tenant(),
                person,
                Objects.requireNonNullElse(request.code(), "").strip());
    }

    @Authenticated
    @DeleteMapping("/phone")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Identity identity) {
        phones.remove(identity.tenant(), Person.requireSelf(identity));
    }
}
