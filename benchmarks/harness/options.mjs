// The command line of a benchmark.
import { parseArgs } from 'node:util';

/**
 * @param flags names of options without a value; `quick` is always one
 * @param options names of options with a value
 * @returns the values by name, texts where the option has a value
 */
export function parseOptions(args, { flags = [], options = [] }) {
  const described = [
    ...['quick', ...flags].map((name) => [name, { type: 'boolean' }]),
    ...options.map((name) => [name, { type: 'string' }]),
  ];
  return parseArgs({ args, options: Object.fromEntries(described) }).values;
}

/** @param quick the default with `--quick`, `full` without; `integer` allows whole numbers only */
export function readNumber(values, name, { quick, full, max, integer = false }) {
  const number = Number(values[name] ?? (values.quick ? quick : full));
  if (number > 0 && number <= max && (!integer || Number.isInteger(number))) return number;
  throw new Error(`--${name} takes a ${integer ? 'whole ' : ''}number above 0, up to ${max}`);
}

/** A list like 8,32. */
export function readNumbers(values, name, { standard, max }) {
  const numbers = (values[name] ?? standard).split(',').map(Number);
  if (numbers.every((one) => Number.isInteger(one) && one > 0 && one <= max)) return numbers;
  throw new Error(`--${name} takes whole numbers up to ${max}, like ${standard}`);
}

/** The name of the results, with the label when there is one: flows, or flows-before. */
export function readResultName(values, name) {
  if (values.label === undefined) return name;
  if (!/^[a-z0-9-]+$/.test(values.label)) throw new Error('--label takes lower-case letters, digits and dashes');
  return `${name}-${values.label}`;
}
