package dev.patchbay.sandbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.node.ObjectNode;

/** An SMTP server that keeps every mail for people and tests to read, and passes none on. */
final class Mailbox implements AutoCloseable {

    private final Books books;
    private final Clock clock;
    private final SMTPServer server;

    /** @param port 0 for any free one */
    Mailbox(Books books, Clock clock, int port) {
        this.books = books;
        this.clock = clock;
        this.server = SMTPServer.port(port)
                .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
                .messageHandler((context, from, to, data) -> keep(from, to, data))
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    private void keep(String from, String to, byte[] data) {
        ObjectNode mail = Json.object()
                .put("at", clock.instant().toString())
                .put("from", from)
                .put("to", to);
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
            mail.put("subject", message.getSubject()).put("id", message.getHeader("X-Patchbay-Mail", null));
            read(message, mail);
        } catch (MessagingException | IOException unreadable) {
            mail.put("unreadable", String.valueOf(unreadable.getMessage()));
        }
        books.add(Shelf.MAIL_RECEIVED, mail);
    }

    private static void read(Part part, ObjectNode mail) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart several) {
            for (int index = 0; index < several.getCount(); index++) {
                BodyPart inner = several.getBodyPart(index);
                read(inner, mail);
            }
        } else if (content instanceof String text) {
            mail.put(part.isMimeType("text/html") ? "html" : "text", text);
        }
    }

    /** As JSON, newest last; {@code to} narrows. */
    List<ObjectNode> mails(Request request) {
        return books.all(Shelf.MAIL_RECEIVED).stream()
                .filter(mail -> request.query("to")
                        .filter(wanted -> !wanted.equalsIgnoreCase(Json.text(mail, "to")))
                        .isEmpty())
                .toList();
    }

    /** For people: newest first, links to follow. */
    Answer page(Request request) {
        String items = mails(request).reversed().stream()
                .map(mail -> "<article><h2>%s</h2><p>To %s, %s</p><pre>%s</pre></article>"
                        .formatted(
                                Chooser.escaped(Json.text(mail, "subject")),
                                Chooser.escaped(Json.text(mail, "to")),
                                Chooser.escaped(Json.text(mail, "at")),
                                linked(Chooser.escaped(Json.text(mail, "text")))))
                .collect(Collectors.joining("\n"));
        String page = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Mailbox – sandbox</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
                article{border-top:1px solid;padding:1rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
                <body><main><h1>Mailbox</h1>
                {items}
                </main></body></html>
                """.replace("{items}", items.isEmpty() ? "<p>No mail has come yet.</p>" : items);
        return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }

    private static String linked(String escaped) {
        return escaped.replaceAll("(https?://[^\\s<\"]+)", "<a href=\"$1\">$1</a>");
    }

    @Override
    public void close() {
        server.stop();
    }
}
