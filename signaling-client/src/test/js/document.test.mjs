import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as index from '../../main/resources/META-INF/resources/signaling/index.js';

const resources = fileURLToPath(new URL('../../main/resources/META-INF/resources', import.meta.url));
const document = readFileSync(new URL('../../../../docs/client.md', import.meta.url), 'utf8');
const pages = [...document.matchAll(/^```html\n(.*?)^```/gms)].map(([, page]) => page);

test('has pages of fifteen lines or little more', () => {
  assert.equal(pages.length, 3);
  pages.forEach((page) => assert.ok(page.trim().split('\n').length <= 20, page));
});

test('imports what is served', () => {
  for (const [, path] of pages.join().matchAll(/from '(.*?)'/g)) {
    assert.ok(existsSync(`${resources}${path}`), path);
  }
});

test('has pages that a compiler takes', () => {
  const { config } = ts.readConfigFile(fileURLToPath(new URL('tsconfig.json', import.meta.url)), ts.sys.readFile);
  const options = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.').options;
  // The elements of a page are not known to it: what they hold is taken as it comes.
  const loose = { ...options, strict: false, exactOptionalPropertyTypes: false, skipLibCheck: true };
  const files = new Map(
    pages.map((page, number) => {
      const script = /<script type="module">\n(.*)<\/script>/s.exec(page)[1];
      const code = script
        .replaceAll("'/signaling/", `'${resources}/signaling/`)
        .replaceAll(/document\.querySelector\('(\w+)'\)/g, "/** @type {HTMLElementTagNameMap['$1']} */ (document.querySelector('$1'))")
        .replaceAll('(event)', '(/** @type {any} */ event)');
      return [`/page-${number}.mjs`, code];
    }),
  );
  const host = ts.createCompilerHost(loose);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...more) =>
    files.has(name) ? ts.createSourceFile(name, files.get(name), ts.ScriptTarget.ES2022) : getSourceFile(name, ...more);
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], loose, host));
  assert.equal(ts.formatDiagnostics(diagnostics, { ...host, getCanonicalFileName: (name) => name }), '');
});

/** The names in the first column of the tables of a section. */
function named(section, head) {
  const text = new RegExp(`^## ${section}\n(.*?)(?=^## |(?![^]))`, 'ms').exec(document)[1];
  const table = new RegExp(`^\\| ${head} \\|.*\n.*\n((?:\\|.*\n)*)`, 'm').exec(text)?.[1] ?? '';
  return table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)/g)].map(([, name]) => name));
}

const members = (type) => Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor');

for (const type of ['Channel', 'Streamer']) {
  test(`names every member and event of ${type}`, () => {
    const own = members(index[type]);
    assert.deepEqual(named(type, 'member').sort(), own.filter((name) => !name.startsWith('on')).sort());
    assert.deepEqual(named(type, 'event').sort(), own.filter((name) => name.startsWith('on')).map((name) => name.slice(2)).sort());
  });
}

test('names every member and event of Viewer', () => {
  const words = /^## Viewer\n(.*?)\n\|/ms.exec(document)[1];
  for (const name of members(index.Viewer).filter((each) => each !== 'channel')) {
    assert.ok(words.includes(`\`${name.replace(/^on/, '')}`), name);
  }
});

for (const [type, file] of Object.entries({ Streamer: 'streamer', Viewer: 'viewer' })) {
  test(`names every state of ${type}`, () => {
    const declarations = readFileSync(`${resources}/signaling/${file}.d.ts`, 'utf8');
    const states = new RegExp(`type ${type}State = (.*);`).exec(declarations)[1];
    assert.deepEqual(named(type, 'state'), [...states.matchAll(/'(.*?)'/g)].map(([, state]) => state));
  });
}
