package dev.patchbay.insights.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventRelations;
import dev.patchbay.insights.Subject;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Extracts from a subject the keys under which its events, runs and live calls are found. */
@Component
class SearchKeyExtractor {

    /** The country of a number without country code when no client has a country. */
    private static final String DEFAULT_REGION = "US";

    private static final Pattern PHONE_NUMBER = Pattern.compile("[+(0-9][0-9 ().+/-]{5,39}");
    private static final String CONTACT = "contact:";
    private static final Set<String> NONE = Set.of();

    private final Clients clients;

    SearchKeyExtractor(Clients clients) {
        this.clients = clients;
    }

    /**
     * One search, in events and in the run history.
     *
     * @param correlations the conversation that the subject names itself
     */
    record Search(EventRelations relations, SearchKeys keys, Set<CorrelationId> correlations) {

        Search(EventRelations relations, SearchKeys keys) {
            this(relations, keys, correlations(relations));
        }

        /** Empty when the text is not a correlation id. */
        private static Set<CorrelationId> correlations(EventRelations relations) {
            try {
                return relations.correlations().stream().map(CorrelationId::new).collect(Collectors.toSet());
            } catch (IllegalArgumentException illFormed) {
                return Set.of();
            }
        }
    }

    Search extract(TenantScope scope, Subject subject) {
        Set<String> value = Set.of(subject.value());
        return switch (subject.type()) {
            case PHONE -> byPhone(phoneNumbers(scope, subject.value()));
            case CALL ->
                new Search(
                        new EventRelations(NONE, value, NONE, Set.of("live:" + subject.value())),
                        new SearchKeys(Set.of(), NONE, value, NONE));
            case CORRELATION ->
                new Search(new EventRelations(NONE, NONE, value, NONE), new SearchKeys(Set.of(), NONE, NONE, NONE));
            case RUN ->
                new Search(new EventRelations(NONE, NONE, NONE, value), new SearchKeys(Set.of(), value, NONE, NONE));
            case CONTACT ->
                new Search(
                        new EventRelations(Set.of(CONTACT + subject.value()), value, NONE, NONE),
                        new SearchKeys(Set.of(), NONE, NONE, value));
            case APPOINTMENT, MESSAGE ->
                new Search(new EventRelations(NONE, value, NONE, NONE), new SearchKeys(Set.of(), NONE, NONE, value));
            case ANYTHING -> byAnything(scope, subject.value());
        };
    }

    private static Search byPhone(Set<PhoneNumber> numbers) {
        Set<String> persons = numbers.stream().map(PhoneNumber::e164).collect(Collectors.toSet());
        return new Search(new EventRelations(persons, NONE, NONE, NONE), new SearchKeys(numbers, NONE, NONE, NONE));
    }

    private Search byAnything(TenantScope scope, String text) {
        Set<String> value = Set.of(text);
        Set<PhoneNumber> numbers = phoneNumbers(scope, text);
        Set<String> persons = Stream.concat(
                        numbers.stream().map(PhoneNumber::e164),
                        Stream.of(text, text.toLowerCase(Locale.ROOT), CONTACT + text))
                .collect(Collectors.toSet());
        return new Search(
                new EventRelations(persons, value, value, Set.of(text, "live:" + text)),
                new SearchKeys(numbers, value, value, value));
    }

    /** The numbers that the text may mean, one for each country that a client is in. */
    private Set<PhoneNumber> phoneNumbers(TenantScope scope, String text) {
        if (!PHONE_NUMBER.matcher(text).matches()) {
            return Set.of();
        }
        return Stream.concat(
                        clients.list(scope, Integer.MAX_VALUE, "").stream().map(Client::country),
                        Stream.of(DEFAULT_REGION))
                .distinct()
                .flatMap(region -> PhoneNumber.read(text, region).stream())
                .collect(Collectors.toSet());
    }

    /** Some events about the person searched for name the CRM's contact instead of the number. */
    static EventRelations contactRelations(Search search, Collection<Event> events) {
        Set<String> persons = search.relations().persons();
        Set<String> contacts = events.stream()
                .filter(event -> event.type().startsWith("crm.contact."))
                .filter(event -> event.person().filter(persons::contains).isPresent())
                .map(event -> CONTACT + event.subject())
                .filter(contact -> !persons.contains(contact))
                .collect(Collectors.toSet());
        return new EventRelations(contacts, NONE, NONE, NONE);
    }
}
