package dev.patchbay.kernel;

/**
 * A failure of a provider while a person waited. The code names the provider, for example {@code 502.provider_error_highlevel}.
 */
public class ProviderProblem extends Problem {

    private final String provider;

    /**
     * Creates the problem.
     *
     * @param provider the provider's name, for example {@code highlevel}
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
