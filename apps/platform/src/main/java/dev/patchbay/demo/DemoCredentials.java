package dev.patchbay.demo;

/** The keys and webhook addresses of the demo's accounts at the sandbox. */
final class DemoCredentials {

    private final DemoSettings settings;
    private final DevSecrets secrets;
    private final DevKeys highLevelKeys;

    DemoCredentials(DemoSettings settings, DevSecrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.highLevelKeys = DevKeys.load(settings.dataDir());
    }

    String retellKey() {
        return "key_" + secrets.derive("retell");
    }

    String twilioSid() {
        return "AC" + secrets.derive("twilio sid");
    }

    String twilioToken() {
        return secrets.derive("twilio token");
    }

    String retellUrl() {
        return settings.publicUrl() + "/ingress/retell/" + retellIngressKey();
    }

    String inboundUrl() {
        return retellUrl() + "/inbound";
    }

    String functionsUrl() {
        return retellUrl() + "/functions";
    }

    String stripeSecret() {
        return "whsec_" + secrets.derive("stripe webhooks");
    }

    String stripeApiKey() {
        return "sk_test_" + secrets.derive("stripe");
    }

    String stripeUrl() {
        return settings.publicUrl() + "/ingress/stripe/" + stripeIngressKey();
    }

    String stripeIngressKey() {
        return secrets.derive("stripe ingress key");
    }

    /** The key by which the sandbox signs HighLevel's webhooks: PEM, PKCS#8. */
    String highLevelPrivateKey() {
        return highLevelKeys.privateKey();
    }

    /** The key by which we verify them: PEM, X.509. */
    String highLevelPublicKey() {
        return highLevelKeys.publicKey();
    }

    String highLevelUrl() {
        return settings.publicUrl() + "/ingress/highlevel/" + highLevelIngressKey();
    }

    String highLevelIngressKey() {
        return secrets.derive("highlevel ingress key");
    }

    /** The webhook for incoming texts and delivery receipts. */
    String twilioUrl() {
        return settings.publicUrl() + "/ingress/twilio/" + twilioIngressKey();
    }

    String twilioIngressKey() {
        return secrets.derive("twilio status key");
    }

    String retellIngressKey() {
        return secrets.derive("ingress key");
    }
}
