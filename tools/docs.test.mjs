import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  findBrokenAnchors,
  findBrokenLinks,
  findUnknownClasses,
  findUnknownMembers,
  listClasses,
  listSubclasses,
  listWords,
} from './docs.mjs';
import { makeFolder } from './fixtures/settings.mjs';

test('declared and imported classes are known, nested ones and annotations too', () => {
  const folder = makeFolder();
  fs.mkdirSync(path.join(folder, 'a'));
  const source = [
    'import org.springframework.JdbcClient;',
    'import static java.time.ZoneOffset.UTC;',
    'final class FlowRepository { private record NextStep(String name) {} }',
    'public @interface OneTimeSecret {}',
  ].join('\n');
  fs.writeFileSync(path.join(folder, 'a/FlowRepository.java'), source);
  const names = [...listClasses([folder])].sort();
  assert.deepEqual(names, ['FlowRepository', 'JdbcClient', 'NextStep', 'OneTimeSecret', 'ZoneOffset']);
  fs.rmSync(folder, { recursive: true });
});

test('a class in backticks that nothing declares is unknown', () => {
  const text =
    'Use `FlowRepository.find(id)`, `@OneTimeSecret` and `GoneService`, twice `GoneService`; not `Flow` or `run`.';
  assert.deepEqual(findUnknownClasses(text, new Set(['FlowRepository', 'OneTimeSecret'])), ['GoneService']);
});

test('a relative link to nothing is broken, an anchor and an address are not looked at', () => {
  const text = '[a](docs/a.md#part) [b](docs/gone.md) [c](https://example.com) [d](#here)';
  assert.deepEqual(
    findBrokenLinks(text, (target) => target === 'docs/a.md'),
    ['docs/gone.md'],
  );
});

test('direct subclasses are listed, whatever their modifiers', () => {
  const folder = makeFolder();
  fs.writeFileSync(path.join(folder, 'A.java'), 'public class Sweep\n    extends Job implements Runnable {}');
  fs.writeFileSync(path.join(folder, 'B.java'), 'final class Other extends JobTitle {}');
  assert.deepEqual(listSubclasses([folder], ['Job']), ['Sweep']);
  fs.rmSync(folder, { recursive: true });
});

test('attributes of cookies are no classes', () => {
  assert.deepEqual(findUnknownClasses('The cookie is `HttpOnly`.', new Set()), []);
});

test('a member that the file of its class does not mention is unknown', () => {
  const folder = makeFolder();
  fs.writeFileSync(path.join(folder, 'Runs.java'), 'class Runs { void trigger(Event event) {} }');
  const text = 'See `Runs.trigger`, `Runs.start(event)` and `Other.method`.';
  assert.deepEqual(findUnknownMembers(text, listWords([folder])), ['Runs.start']);
  fs.rmSync(folder, { recursive: true });
});

test('an anchor leads to a heading of this page or of another', () => {
  const pages = { '': '# Here\n## Dead letters: `runs`', 'docs/a.md': '## Rate limits' };
  const text =
    '[a](#dead-letters-runs) [b](docs/a.md#rate-limits) [c](docs/a.md#gone) [d](#gone) [e](https://example.com#f) [g](#here)';
  assert.deepEqual(
    findBrokenAnchors(text, (target) => pages[target]),
    ['docs/a.md#gone', '#gone'],
  );
});
