const NAMES: Record<string, string> = { retell: 'Retell', twilio: 'Twilio', openrouter: 'OpenRouter' };

/** Returns the provider's name for people. */
export const providerName = (provider: string): string => NAMES[provider] ?? provider;
