package dev.patchbay.kernel;

/** A provider failed while a person waited; the code names the provider, for example {@code 502.provider_error_highlevel}. */
public class ProviderProblem extends Problem {

    private final String provider;

    /**
     * @param provider its name, for example {@code highlevel}
     * @param detail a sentence for the person who waited
     */
    public ProviderProblem(String provider, String detail) {
        super(ProblemType.PROVIDER_ERROR, detail);
        this.provider = provider;
    }

    public String provider() {
        return provider;
    }
}
