/** Splits a command's words into known flags and options; anything else is a person's typing mistake and is named. */
export function parseArguments(words, { flags = [], options = [] } = {}) {
  const parsed = {};
  const rest = [...words];
  while (rest.length > 0) {
    const [name, inline] = rest.shift().split(/=(.*)/s);
    const key = name.replace(/^--/, '');
    if (!name.startsWith('--') || ![...flags, ...options].includes(key)) {
      const known = [...flags.map((f) => `--${f}`), ...options.map((o) => `--${o} <value>`)];
      throw new Error(`I do not know "${name}". ${known.length ? `Known here: ${known.join(', ')}.` : 'Nothing is expected here.'}`);
    }
    if (flags.includes(key)) {
      parsed[key] = true;
    } else {
      const value = inline ?? rest.shift();
      if (value === undefined) throw new Error(`"--${key}" needs a value.`);
      parsed[key] = value;
    }
  }
  return parsed;
}
