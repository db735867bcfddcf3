package dev.patchbay.notifications;

/** @param html the same as {@code text}, for programs that show it; whatever came from people is escaped in it */
public record Mail(String to, String subject, String text, String html) {

    /** Addresses and links are in no log. */
    @Override
    public String toString() {
        return "Mail";
    }
}
