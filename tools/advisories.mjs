// Looks up known vulnerabilities at OSV (osv.dev), which answers for Maven and npm packages by package URL.

const OSV = 'https://api.osv.dev/v1/querybatch';
const TIMEOUT_MS = 10_000;
const BATCH_SIZE = 500;

/**
 * Returns the advisories of the components as {id, advisory}, or undefined when the source does not answer.
 * @param accepted advisories of config/components.json, by their id
 */
export async function findAdvisories(components, accepted = {}, source = process.env.PATCHBAY_ADVISORIES_URL || OSV) {
  const found = [];
  for (let start = 0; start < components.length; start += BATCH_SIZE) {
    const batch = components.slice(start, start + BATCH_SIZE);
    const results = await query(source, batch);
    if (!results) return undefined;
    results.forEach(({ vulns = [] }, index) => {
      for (const { id: advisory } of vulns) found.push({ id: batch[index].id, advisory });
    });
  }
  return found.filter(({ advisory }) => !accepted[advisory]);
}

async function query(source, components) {
  const body = JSON.stringify({ queries: components.map(({ id }) => ({ package: { purl: id } })) });
  try {
    const response = await fetch(source, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? (await response.json()).results : undefined;
  } catch {
    return undefined;
  }
}
