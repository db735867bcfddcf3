package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of previews. The members of the request decide which kind it is. */
enum PreviewKind {
    RERATE("charge", "billed", "now"),
    CHARGE("charge"),
    PRORATION("amount", "periodFrom"),
    ALLOCATION("amount", "weights"),
    INVOICE("lines"),
    BILLABLE("rule", "seconds"),
    PROVIDER("seconds"),
    CYCLE("anchor"),
    SUM("amounts");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    private final List<String> members;

    PreviewKind(String... members) {
        this.members = List.of(members);
    }

    static Optional<PreviewKind> find(JsonInput input) {
        Optional<PreviewKind> stated = input.choice("kind", PreviewKind.class);
        return stated.isPresent()
                ? stated
                : Arrays.stream(values())
                        .filter(kind -> kind.members.stream().allMatch(input::has))
                        .findFirst();
    }
}
