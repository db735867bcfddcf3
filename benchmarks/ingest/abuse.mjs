// Strangers do their worst while genuine webhooks come at a steady rate: do these still get through, and what does it cost?
import { setTimeout as pause } from 'node:timers/promises';
import { ofProcess, peakMemory } from './cpu.mjs';
import { nuisances } from './nuisances.mjs';
import { account, readAnswers } from './verifier.mjs';

const CROWD = { slowBody: 150, halfBody: 100, slowHeaders: 100, wrongLength: 4, twoLengths: 4, chunkedForgery: 4, endlessChunks: 4, gzip: 4, headerFlood: 4 };

export async function abuse(stage, { seconds, genuinePerSecond, forgedPerSecond, warmUp }, say) {
  await stage.start({ PATCHBAY_ROLES: 'ingress,api' });
  const phases = {};
  const accounts = [];
  let count = 0;
  const genuine = async (name, during = async () => ({})) => {
    const prefix = `a${count += 1}x`;
    const before = ofProcess(stage.pid());
    const at = Date.now();
    const [figures, strangers] = await Promise.all([stage.load({ prefix, connections: 64, 'lead-in': 0, seconds, rate: genuinePerSecond, retries: 3 }), during()]);
    const told = readAnswers(figures.answers);
    accounts.push(account(stage, prefix, figures.answers));
    const ids = [...told.values()];
    phases[name] = {
      genuine: {
        perSecond: genuinePerSecond, sent: ids.length, accepted: ids.filter((id) => id.events.size > 0).length,
        statuses: figures.statuses, p50: figures.p50, p99: figures.p99, max: figures.max,
      },
      strangers, jvmCores: (ofProcess(stage.pid()) - before) / 1000 / (Date.now() - at), peakMemoryMiB: Math.round(peakMemory(stage.pid()) / 2 ** 20),
    };
    const { accepted, sent } = phases[name].genuine;
    say(`${name}: genuine ${accepted} of ${sent} accepted, p99 ${figures.p99.toFixed(0)} ms; peak memory ${phases[name].peakMemoryMiB} MiB`);
  };

  const { ingressUrl } = stage.dev.connections.retell;
  const unknown = ingressUrl.replace(/[^/]+$/, (key) => '0'.repeat(key.length));
  const forge = async (targets) => {
    // The same generator with another secret: each request is well-formed, and signed by somebody else.
    const figures = await stage.load({ prefix: `f${count}x`, connections: 64, 'lead-in': 0, seconds, rate: forgedPerSecond, most: forgedPerSecond * seconds, targets, secret: 'key_of_a_stranger' });
    return { forgery: { ...figures.statuses, perSecond: Math.round(figures.answeredPerSecond), wantedPerSecond: forgedPerSecond } };
  };
  const crowd = async () => {
    const strangers = nuisances(ingressUrl, CROWD);
    await pause(seconds * 1000);
    return strangers.stop();
  };

  say(`warming up for ${warmUp} s`);
  await stage.load({ prefix: 'w0x', connections: 32, 'lead-in': 0, seconds: warmUp }).then((figures) => accounts.push(account(stage, 'w0x', figures.answers)));
  await genuine('quiet');
  await genuine('forged, known and unknown keys', () => forge(`${ingressUrl},${unknown}`));
  await genuine('slow, half, wrong and flooding', crowd);
  await genuine('all at once', async () => Object.assign({}, ...(await Promise.all([forge(`${ingressUrl},${unknown}`), crowd()]))));
  await genuine('quiet again');

  const metrics = await (await fetch(`${stage.settings.platformUrl}/actuator/prometheus`)).text();
  const rejections = metrics.split('\n').filter((line) => /^ingress_(requests|reject)/.test(line));
  const unaccounted = accounts.reduce((sum, one) => sum + one.unaccounted, 0);
  return { phases, rejections, accounted: { unaccounted, examples: accounts.flatMap((one) => one.examples) } };
}
