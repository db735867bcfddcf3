// Surrounds the measurement of every bench.mjs: one stack, removed at the end and on a signal; an error is exit code 1.

export const log = (text) => console.log(`      ${text}`);

/**
 * @param Stack class of the stack
 * @param measure called with a function that creates the stack; options are read before it is called
 */
export async function runBenchmark(Stack, measure) {
  let stack;
  const create = async () => {
    stack = await Stack.create(() => {});
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => stack.remove().finally(() => process.exit(130)));
    }
    return stack;
  };
  try {
    await measure(create);
  } catch (error) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  } finally {
    await stack?.remove();
  }
}
