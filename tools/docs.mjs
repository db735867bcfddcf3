// Finds the references of pages that lead nowhere: to classes and members of the Java sources, to files and headings.
import fs from 'node:fs';
import path from 'node:path';

/** A class in backticks, with or without a member or an annotation's sign; one-word names are left out. */
const CLASS = /`@?([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\.\w+)?(?:\([^`]*\))?`/g;
const MEMBER = /`([A-Z]\w*)\.([a-z]\w*)(?:\([^`]*\))?`/g;
const LINK = /\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g;

/** The names of all classes that the Java files below these folders declare or import. */
export function listClasses(folders) {
  const names = new Set();
  for (const { text } of readJava(folders)) {
    const declared = text.matchAll(/\b(?:class|record|interface|enum) ([A-Z]\w*)/g);
    const imported = text.matchAll(/^import (?:static )?[\w.]*?\.([A-Z]\w*)/gm);
    for (const [, name] of [...declared, ...imported]) names.add(name);
  }
  return names;
}

function readJava(folders) {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.java'))
      .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), 'utf8') })),
  );
}

/** Words in backticks that look like classes: attributes of cookies, and a duration. */
const NO_CLASSES = new Set(['HttpOnly', 'SameSite', 'P1D']);

/** The classes of the Java files below these folders that extend one of `parents` directly. */
export function listSubclasses(folders, parents) {
  const declaration = new RegExp(`\\bclass (\\w+)\\s+extends (?:${parents.join('|')})\\b`, 'g');
  return readJava(folders).flatMap(({ text }) => [...text.matchAll(declaration)].map(([, name]) => name));
}

export function findUnknownClasses(text, classes) {
  const names = [...text.matchAll(CLASS)].map(([, name]) => name);
  return [...new Set(names)].filter((name) => !classes.has(name) && !NO_CLASSES.has(name));
}

/** The words of the Java files below these folders, by the name of the class that a file is named after. */
export function listWords(folders) {
  const words = new Map();
  for (const { file, text } of readJava(folders)) words.set(path.basename(file, '.java'), new Set(text.match(/\w+/g)));
  return words;
}

/** Members in backticks, such as `Runs.trigger`, that the file of their class does not mention. */
export function findUnknownMembers(text, words) {
  return [...text.matchAll(MEMBER)]
    .filter(([, name, member]) => words.has(name) && !words.get(name).has(member))
    .map(([, name, member]) => `${name}.${member}`);
}

/** @param exists whether there is a file or folder at a path relative to the page */
export function findBrokenLinks(text, exists) {
  const targets = [...text.matchAll(LINK)].map(([, target]) => target);
  return targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target) && !exists(target));
}

/** @param read returns the text of a page by its path relative to this one; the path of this one is empty */
export function findBrokenAnchors(text, read) {
  return [...text.matchAll(LINK)]
    .filter(([, target, anchor]) => anchor && (target === '' || target.endsWith('.md')) && !/^[a-z]+:/.test(target))
    .filter(([, target, anchor]) => !listAnchors(read(target)).includes(anchor))
    .map(([, target, anchor]) => `${target}#${anchor}`);
}

/** The anchors that GitHub gives to headings. */
function listAnchors(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}
