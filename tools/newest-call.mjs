/** Returns the address of the newest call's page; null where there is no call yet, or the platform does not answer. */
export async function findNewestCall(settings, dev) {
  try {
    const response = await fetch(`${settings.platformUrl}/api/v1/events?type=voice.call.analyzed&limit=1`, {
      headers: { authorization: `Bearer ${dev.token}` },
      signal: AbortSignal.timeout(5_000),
    });
    const { items } = await response.json();
    return `${settings.platformUrl}/calls/${encodeURIComponent(items[0].subject)}`;
  } catch {
    return null;
  }
}
