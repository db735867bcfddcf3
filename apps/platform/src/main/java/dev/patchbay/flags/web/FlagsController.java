package dev.patchbay.flags.web;

import dev.patchbay.flags.FlagAdministration;
import dev.patchbay.flags.FlagAdministration.FlagState;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.FlagChange;
import dev.patchbay.flags.FlagDefinition;
import dev.patchbay.flags.FlagEvaluation;
import dev.patchbay.flags.Flags;
import dev.patchbay.flags.web.FlagRequests.AllowRequest;
import dev.patchbay.flags.web.FlagRequests.SwitchRequest;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.UserId;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows flags and why they are on or off; operators change lists and switches. */
@RestController
@RequestMapping("/api/v1/flags")
final class FlagsController {

    private static final Permission OPERATE = Permission.of("write:flags");

    private final Flags flags;
    private final FlagAdministration administration;
    private final Clock clock;

    FlagsController(Flags flags, FlagAdministration administration, Clock clock) {
        this.flags = flags;
        this.administration = administration;
        this.clock = clock;
    }

    /** All registered flags, with their values for the caller; there is no next page. */
    @Requires("read:flags")
    @GetMapping
    Page<FlagResponse> list(Caller caller, Identity identity) {
        return new Page<>(
                flags.registry().flags().values().stream()
                        .map(flag -> response(caller, identity, flag))
                        .toList(),
                null);
    }

    @Requires("read:flags")
    @GetMapping("/{key}")
    FlagResponse find(Caller caller, Identity identity, @PathVariable String key) {
        return response(caller, identity, require(key));
    }

    private FlagResponse response(Caller caller, Identity identity, FlagDefinition flag) {
        boolean operator = caller.scopes().findScope(OPERATE).isPresent();
        @Nullable FlagState state = operator ? administration.find(flag.key()) : null;
        return FlagResponse.of(flag, flags.evaluate(flag.key(), FlagCaller.of(identity)), state);
    }

    record ExplanationResponse(boolean value, String reason, String variant, String rule, boolean expired) {}

    /**
     * Says why a flag is on or off.
     *
     * @param user a user of the caller's agency; by default the caller
     */
    @Requires("read:flags")
    @GetMapping("/{key}/explain")
    ExplanationResponse explain(Identity identity, @PathVariable String key, @RequestParam Optional<UserId> user) {
        FlagCaller asker = FlagCaller.of(identity);
        FlagEvaluation evaluation =
                flags.evaluate(require(key).key(), new FlagCaller(user.or(asker::user), asker.tenant()));
        return new ExplanationResponse(
                evaluation.value(),
                evaluation.reason().name(),
                evaluation.variant(),
                evaluation.rule().label(),
                evaluation.expired());
    }

    private FlagDefinition require(String key) {
        return flags.registry()
                .find(key)
                .orElseThrow(() -> new Problem(
                        ProblemType.FLAG_NOT_FOUND, "The registry of flags has no such key; it counts as released."));
    }

    /** Puts an agency or user on the list: 200 when it is, 202 when it waits for a second operator. */
    @Requires("write:flags")
    @PostMapping("/{key}/allow")
    ResponseEntity<FlagChange> allow(Identity identity, @PathVariable String key, @RequestBody AllowRequest request) {
        return answer(administration.allow(
                identity, key, request.toEntry(clock.instant()), FlagRequests.reason(request.reason())));
    }

    /** Takes an agency or user off the list. */
    @Requires("write:flags")
    @DeleteMapping("/{key}/allow/{entry}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Identity identity, @PathVariable String key, @PathVariable String entry) {
        administration.withdraw(identity, key, entry);
    }

    /** Switches a flag off at once, 204; or asks a second operator to switch it on again, 202. */
    @Requires("write:flags")
    @PostMapping("/{key}/switch")
    ResponseEntity<FlagChange> switchFlag(
            Identity identity, @PathVariable String key, @RequestBody SwitchRequest request) {
        String reason = FlagRequests.reason(request.reason());
        Boolean on = request.on();
        if (on == null) {
            throw FlagRequests.invalid("Give on, true or false.");
        }
        if (on) {
            return answer(administration.switchOn(identity, key, reason));
        }
        administration.switchOff(identity, key, reason);
        return ResponseEntity.noContent().build();
    }

    /** Approves a change that another operator asked for, and applies it. */
    @Requires("approve:flags")
    @PostMapping("/changes/{id}/approve")
    FlagChange approve(Identity identity, @PathVariable String id) {
        return administration.approve(identity, id);
    }

    private static ResponseEntity<FlagChange> answer(FlagChange change) {
        return ResponseEntity.status(change.state() == FlagChange.State.PENDING ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(change);
    }
}
