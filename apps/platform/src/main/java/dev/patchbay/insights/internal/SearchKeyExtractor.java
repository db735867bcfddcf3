package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventRelations;
import dev.patchbay.insights.Subject;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What to look for, from what was asked. */
@Component
class SearchKeyExtractor {

    /** Where a number without country code is from, when no client says. */
    private static final String REGION = "US";

    private static final Pattern NUMBER = Pattern.compile("[+(0-9][0-9 ().+/-]{5,39}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final String CONTACT = "contact:";

    private final Clients clients;

    SearchKeyExtractor(Clients clients) {
        this.clients = clients;
    }

    /** The same question for events and for trails. */
    record Clues(EventRelations relations, RunHistory.SearchKeys trails) {}

    Clues of(TenantScope scope, Subject subject) {
        Set<String> value = Set.of(subject.value());
        Set<String> none = Set.of();
        Set<String> contact = Set.of(CONTACT + subject.value());
        return switch (subject.type()) {
            case PHONE -> phone(numbers(scope, subject.value()));
            case CALL ->
                new Clues(
                        new EventRelations(none, value, none, Set.of("live:" + subject.value())),
                        new RunHistory.SearchKeys(Set.of(), none, value, none));
            case CORRELATION ->
                new Clues(
                        new EventRelations(none, none, value, none),
                        new RunHistory.SearchKeys(Set.of(), none, none, none));
            case RUN ->
                new Clues(
                        new EventRelations(none, none, none, value),
                        new RunHistory.SearchKeys(Set.of(), value, none, none));
            case CONTACT ->
                new Clues(
                        new EventRelations(contact, value, none, none),
                        new RunHistory.SearchKeys(Set.of(), none, none, value));
            case APPOINTMENT, MESSAGE ->
                new Clues(
                        new EventRelations(none, value, none, none),
                        new RunHistory.SearchKeys(Set.of(), none, none, value));
            case ANYTHING -> anything(scope, subject.value());
        };
    }

    private static Clues phone(Set<PhoneNumber> numbers) {
        Set<String> persons = numbers.stream().map(PhoneNumber::e164).collect(Collectors.toSet());
        return new Clues(
                new EventRelations(persons, Set.of(), Set.of(), Set.of()),
                new RunHistory.SearchKeys(numbers, Set.of(), Set.of(), Set.of()));
    }

    private Clues anything(TenantScope scope, String value) {
        Set<String> it = Set.of(value);
        Set<PhoneNumber> numbers = numbers(scope, value);
        Set<String> persons = Stream.concat(
                        numbers.stream().map(PhoneNumber::e164),
                        Stream.of(value, value.toLowerCase(Locale.ROOT), CONTACT + value))
                .collect(Collectors.toSet());
        return new Clues(
                new EventRelations(persons, it, it, Set.of(value, "live:" + value)),
                new RunHistory.SearchKeys(numbers, it, it, it));
    }

    /** The numbers it may be, for each country that a client is in. */
    private Set<PhoneNumber> numbers(TenantScope scope, String written) {
        if (!NUMBER.matcher(written).matches()) {
            return Set.of();
        }
        return Stream.concat(
                        clients.list(scope, Integer.MAX_VALUE, "").stream()
                                .map(client -> client.settings().path("country").asString(""))
                                .filter(country -> COUNTRY.matcher(country).matches()),
                        Stream.of(REGION))
                .distinct()
                .flatMap(region -> PhoneNumber.read(written, region).stream())
                .collect(Collectors.toSet());
    }

    /** A person whose number is asked for is a contact by its id in some of what the CRM tells. */
    EventRelations contactsIn(Clues clues, Collection<Event> events) {
        Set<String> asked = clues.relations().persons();
        Set<String> contacts = events.stream()
                .filter(event -> event.type().startsWith("crm.contact."))
                .filter(event -> event.person().filter(asked::contains).isPresent())
                .map(event -> CONTACT + event.subject())
                .filter(contact -> !asked.contains(contact))
                .collect(Collectors.toSet());
        return new EventRelations(contacts, Set.of(), Set.of(), Set.of());
    }
}
