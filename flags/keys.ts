/** The keys of flags/registry.yaml; written from it by `./dev flags generate`. */
export const FLAGS = {
  SMS_NOTICES: 'sms-notices',
  SMS_LINKS: 'sms-links',
} as const;

export type FlagKey = (typeof FLAGS)[keyof typeof FLAGS];
