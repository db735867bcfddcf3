import type { DifferenceClass } from './queries';

interface Words {
  title: string;
  meaning: string;
}

/** Gives words for each class of differences of the API. */
export const CLASSES: Record<DifferenceClass, Words> = {
  other_period: { title: 'Other period', meaning: 'The call began outside of the invoice’s month.' },
  duplicate: { title: 'Duplicate', meaning: 'The provider lists the same line more than once.' },
  unknown_call: { title: 'Unknown call', meaning: 'We have no such call.' },
  only_ours: { title: 'Only ours', meaning: 'The provider does not list the call.' },
  unknown_product: { title: 'Unknown product', meaning: 'We have never recorded such a product.' },
  minimum: { title: 'Minimum', meaning: 'One side has the minimum of 10 s for a shorter call.' },
  token_surcharge: { title: 'Token surcharge', meaning: 'The surcharge for long prompts differs.' },
  transfer_leg: { title: 'Transfer leg', meaning: 'The leg after a transfer differs.' },
  other_quantity: { title: 'Other quantity', meaning: 'The billed seconds differ.' },
  other_price: { title: 'Other price', meaning: 'The seconds agree, the cost differs.' },
  numbers: { title: 'Numbers', meaning: 'Rent of telephone numbers.' },
  concurrency: { title: 'Concurrency', meaning: 'Calls at the same time beyond those included.' },
  credits: { title: 'Credits', meaning: 'The provider’s credits.' },
  tax: { title: 'Tax', meaning: 'Tax on the invoice.' },
  fees: { title: 'Fees', meaning: 'Other lines without a call.' },
};
