const NAMES: Record<string, string> = { retell: 'Retell', twilio: 'Twilio', openrouter: 'OpenRouter' };

/** A provider as people know it. */
export const providerName = (provider: string): string => NAMES[provider] ?? provider;
