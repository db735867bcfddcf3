package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Twilio's API: phone numbers and text messages. */
public final class Twilio implements Vendor {

    private static final String ACCOUNT = "/2010-04-01/Accounts/{account}";

    private final TwilioAccounts accounts;
    private final TwilioMessages messages;
    private final TwilioNumbers numbers;

    public Twilio(TwilioAccounts accounts, TwilioMessages messages) {
        this.accounts = accounts;
        this.messages = messages;
        this.numbers = new TwilioNumbers(accounts);
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public Table requestLog() {
        return Table.TWILIO_LOG;
    }

    @Override
    public boolean sendsWebhooks() {
        return true;
    }

    @Override
    public Response errorResponse(int status, String message) {
        return TwilioErrors.response(status, message);
    }

    @Override
    public void putAccount(ObjectNode account) {
        accounts.put(account);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("numbers.list", "GET", ACCOUNT + "/IncomingPhoneNumbers.json", accounts::listNumbers),
                Route.of("messages.create", "POST", ACCOUNT + "/Messages.json", messages::create),
                Route.of("messages.list", "GET", ACCOUNT + "/Messages.json", messages::list),
                Route.of("usage.daily", "GET", ACCOUNT + "/Usage/Records/Daily.json", messages::listDailyUsage),
                Route.of("messages.get", "GET", ACCOUNT + "/Messages/{sid}.json", messages::get),
                Route.of("numbers.lookup", "GET", "/v2/PhoneNumbers/{number}", numbers::lookUp));
    }
}
