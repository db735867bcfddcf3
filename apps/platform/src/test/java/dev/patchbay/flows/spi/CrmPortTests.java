package dev.patchbay.flows.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.flows.spi.CrmPort.Contact;
import dev.patchbay.flows.spi.CrmPort.ContactDetails;
import dev.patchbay.flows.spi.CrmPort.ContactId;
import dev.patchbay.flows.spi.CrmPort.Contacts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A search is answered by what a look-up finds. */
class CrmPortTests {

    private static final Contact ADA = new Contact("con_1", false, null, null, "Ada", null);

    @Test
    void whoIsFoundIsAnsweredAndNobodyIsAnAnswerToo() {
        assertThat(search(new LookUp.Found<>(ADA, List.of("con_1"))))
                .isEqualTo(new Answer.Done<>(new Contacts(List.of(ADA)), "con_1"));
        assertThat(search(new LookUp.Absent<>())).isEqualTo(new Answer.Done<>(new Contacts(List.of()), ""));
    }

    @Test
    void whatCannotBeLookedUpSaysWhy() {
        assertThat(search(new LookUp.Unavailable<>("Away.")))
                .isEqualTo(new Answer.TryLater<>(Reason.PROVIDER_DOWN, "Away.", Optional.empty()));
        assertThat(search(new LookUp.Unauthorized<>("No."))).isEqualTo(new Answer.Unauthorized<>("No."));
        assertThat(search(new LookUp.Impossible<>("Never.")))
                .isEqualTo(new Answer.Refused<>(Reason.BAD_INPUT, "Never."));
    }

    private static Answer<Contacts> search(LookUp<Contact> known) {
        var account = TestHttp.account("scripted", URI.create("http://127.0.0.1"), "{}", Map.of());
        return new Scripted(known)
                .searchContacts(
                        TestHttp.act(account, "{}"), new ContactDetails("+14155550123", null, null, null, null, null));
    }

    private record Scripted(LookUp<Contact> known) implements CrmPort {

        @Override
        public String provider() {
            return "scripted";
        }

        @Override
        public Answer<Contact> upsertContact(Act act, ContactDetails details) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookUp<Contact> findContact(Act act, ContactDetails details) {
            return known;
        }

        @Override
        public Answer<Contact> getContact(Act act, ContactId contact) {
            throw new UnsupportedOperationException();
        }
    }
}
