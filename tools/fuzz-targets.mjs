// Lists the fuzz targets: each has a harness beside the code that it calls, a number of runs in the gate, and seeds.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './settings.mjs';

const PLATFORM = 'apps/platform';
const LANGUAGE = 'libs/flow-language';
const samples = (provider) => `contracts/providers/${provider}/samples`;

/** `seeds` are folders of inputs besides those that {@link seedPaths} names. */
export const TARGETS = {
  retell: {
    module: PLATFORM,
    harness: 'dev.patchbay.integrations.retell.RetellFuzz',
    runs: 12_000,
    seeds: [samples('retell')],
  },
  twilio: {
    module: PLATFORM,
    harness: 'dev.patchbay.integrations.twilio.TwilioFuzz',
    runs: 6_000,
    seeds: [samples('twilio')],
  },
  highlevel: {
    module: PLATFORM,
    harness: 'dev.patchbay.integrations.highlevel.HighLevelFuzz',
    runs: 6_000,
    seeds: [],
  },
  stripe: {
    module: PLATFORM,
    harness: 'dev.patchbay.integrations.stripe.StripeFuzz',
    runs: 12_000,
    seeds: [samples('stripe')],
  },
  flow: {
    module: LANGUAGE,
    harness: 'dev.patchbay.flowlanguage.FlowFileFuzz',
    runs: 3_000,
    seeds: ['flows', 'flows/valid', 'flows/invalid'],
  },
  expression: {
    module: LANGUAGE,
    harness: 'dev.patchbay.flowlanguage.expression.ExpressionFuzz',
    runs: 6_000,
    seeds: [],
  },
  address: {
    module: PLATFORM,
    harness: 'dev.patchbay.connections.http.EgressPolicyFuzz',
    runs: 30_000,
    seeds: [],
  },
  query: {
    module: PLATFORM,
    harness: 'dev.patchbay.kernel.web.QueryFuzz',
    runs: 12_000,
    seeds: [],
  },
  body: {
    module: PLATFORM,
    harness: 'dev.patchbay.kernel.web.BodyFuzz',
    runs: 12_000,
    seeds: [],
  },
  redaction: {
    module: PLATFORM,
    harness: 'dev.patchbay.kernel.RedactionFuzz',
    runs: 2_500,
    seeds: [],
  },
};

export function harnessFile(name) {
  const { module, harness } = TARGETS[name];
  return path.join(ROOT, module, 'src/test/java', `${harness.replaceAll('.', '/')}.java`);
}

/** Returns the seeds of this target alone: a file of readable inputs, and a folder of inputs that once failed. */
export function seedPaths(name) {
  const folder = `${TARGETS[name].module}/src/test/fuzz`;
  return [`${folder}/${name}.seeds`, `${folder}/${name}`];
}

/** Returns the absolute paths of the seed files and folders that exist. */
export function findSeeds(name) {
  const paths = [...TARGETS[name].seeds, ...seedPaths(name)].map((place) => path.join(ROOT, place));
  return paths.filter((place) => fs.existsSync(place));
}

/** Splits a file of readable inputs at its lines of %%. */
export function splitInputs(text) {
  const blocks = text.split(/^%%\n/m).map((block) => block.replace(/\n$/, ''));
  return blocks.filter((block) => block !== '');
}
