package dev.patchbay.flowlanguage;

import java.util.Set;

/** The functions a flow may {@code call}. */
public interface FunctionCatalogue {

    /** Such as {@code crm.upsertContact}. */
    Set<String> names();

    static FunctionCatalogue of(String... names) {
        Set<String> known = Set.of(names);
        return () -> known;
    }

    /** The functions every Patchbay has. */
    static FunctionCatalogue standard() {
        return of(
                "crm.upsertContact",
                "crm.findContact",
                "crm.getContact",
                "calendar.findSlots",
                "calendar.book",
                "calendar.hold",
                "calendar.cancel",
                "messaging.sendSms");
    }
}
