package dev.patchbay.iam.people;

/** A person to be invited. */
public record Invitee(String email, String name) {

    /** Addresses and names of people are in no log. */
    @Override
    public String toString() {
        return "Invitee";
    }
}
