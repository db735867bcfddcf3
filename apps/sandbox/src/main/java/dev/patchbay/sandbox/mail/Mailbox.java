package dev.patchbay.sandbox.mail;

import dev.patchbay.sandbox.core.FaultKind;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Html;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
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
import java.util.Properties;
import java.util.stream.Collectors;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.node.ObjectNode;

/** An SMTP server that keeps every message for people and tests to read, and forwards none. */
public final class Mailbox implements AutoCloseable {

    private final Store store;
    private final Clock clock;
    private final Faults faults;
    private final SMTPServer server;

    /** @param port 0 for any free port */
    public Mailbox(Store store, Clock clock, Faults faults, int port) {
        this.store = store;
        this.faults = faults;
        this.clock = clock;
        this.server = SMTPServer.port(port)
                .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
                .messageHandler((context, from, to, data) -> receiveUnlessFault(from, to, data))
                .build();
        server.start();
    }

    public int port() {
        return server.getPortAllocated();
    }

    private void receiveUnlessFault(String from, String to, byte[] data) throws RejectException {
        var fault = faults.consume(Faults.MAIL, Faults.SEND_MAIL, Faults.OF_MAIL);
        if (fault.filter(armed -> armed.kind() == FaultKind.SERVER_ERROR).isPresent()) {
            throw new RejectException(451, "try again later");
        }
        receive(from, to, data);
        if (fault.isPresent()) {
            throw new DropConnectionException("the answer is lost");
        }
    }

    private void receive(String from, String to, byte[] data) {
        ObjectNode mail = Json.object()
                .put("at", clock.instant().toString())
                .put("from", from)
                .put("to", to);
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
            mail.put("subject", message.getSubject())
                    .put("id", message.getHeader("X-Patchbay-Mail", null))
                    .put("messageId", message.getMessageID());
            readContent(message, mail);
        } catch (MessagingException | IOException unreadable) {
            mail.put("unreadable", String.valueOf(unreadable.getMessage()));
        }
        store.append(Table.MAIL_RECEIVED, mail);
    }

    private static void readContent(Part part, ObjectNode mail) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart multipart) {
            for (int index = 0; index < multipart.getCount(); index++) {
                BodyPart bodyPart = multipart.getBodyPart(index);
                readContent(bodyPart, mail);
            }
        } else if (content instanceof String text) {
            mail.put(part.isMimeType("text/html") ? "html" : "text", text);
        }
    }

    /** Lists the messages, newest last; the query parameter {@code to} restricts them to one recipient. */
    public List<ObjectNode> list(Request request) {
        return store.list(Table.MAIL_RECEIVED).stream()
                .filter(mail -> request.query("to")
                        .filter(recipient -> !recipient.equalsIgnoreCase(Json.text(mail, "to")))
                        .isEmpty())
                .toList();
    }

    /** Renders the same messages as an HTML page, newest first, with clickable links. */
    public Response renderPage(Request request) {
        String items = list(request).reversed().stream()
                .map(mail -> "<article><h2>%s</h2><p>To %s, %s</p><pre>%s</pre></article>"
                        .formatted(
                                Html.escape(Json.text(mail, "subject")),
                                Html.escape(Json.text(mail, "to")),
                                Html.escape(Json.text(mail, "at")),
                                linkify(Html.escape(Json.text(mail, "text")))))
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
                """.replace("{items}", items.isEmpty() ? "<p>There is no mail yet.</p>" : items);
        return Response.html(page);
    }

    private static String linkify(String escaped) {
        return escaped.replaceAll("(https?://[^\\s<\"]+)", "<a href=\"$1\">$1</a>");
    }

    @Override
    public void close() {
        server.stop();
    }
}
