import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const modules = new URL('../../main/resources/META-INF/resources/signaling/', import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const { config } = ts.readConfigFile(`${here}tsconfig.json`, ts.sys.readFile);
const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, here);
const program = ts.createProgram(fileNames, options);

test('are accepted by a strict compiler, as are pages that use them and the modules themselves', () => {
  const diagnostics = [...errors, ...ts.getPreEmitDiagnostics(program)];
  const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => here, getNewLine: () => '\n' };
  assert.equal(ts.formatDiagnostics(diagnostics, host), '');
});

/** What a class has of its own, on itself and, where it can be made of these, on its objects. */
const made = {
  SignalStateEvent: ['joined'],
  SignalErrorEvent: ['a', 'b'],
  StateEvent: ['open'],
  FailureEvent: ['a', 'b'],
  RefusedError: ['a', 'b'],
  SignalEvent: [{}, 'a', 'b'],
  JoinedEvent: [true],
  LeftEvent: ['left'],
  PeerEvent: ['peerjoin', { peer: 'a', role: 'b', meta: {} }],
  ViewerStateEvent: ['a', 'live', ''],
  HandshakeEvent: ['a', 'b', { type: 'offer' }],
  StreamEvent: [null],
  Watcher: ['a', {}],
};
const inherited = new Set(['isTrusted', 'name', 'stack', 'message']);

function present(name, type) {
  const fields = name in made ? Object.keys(new type(...made[name])).filter((field) => !inherited.has(field)) : [];
  const typed = type.prototype instanceof Event ? ['type'] : [];
  const statics = Object.getOwnPropertyNames(type).filter((field) => !['length', 'name', 'prototype'].includes(field));
  return [...new Set([...Object.getOwnPropertyNames(type.prototype), ...fields, ...typed, ...statics])].sort();
}

function declared(statement, file) {
  const names = statement.members.map((member) => member.name?.getText(file) ?? 'constructor');
  return [...new Set(names.filter((name) => !/^(add|remove)EventListener$/.test(name)))].sort();
}

for (const name of ['channel', 'connection', 'events', 'negotiation', 'signal-server', 'streamer', 'viewer']) {
  test(`declare what ${name}.js has, no less and no more`, async () => {
    const module = await import(`${modules}${name}.js`);
    const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(`/${name}.d.ts`));
    const classes = file.statements.filter(ts.isClassDeclaration);
    const exported = Object.entries(module).filter(([, value]) => /^class/.test(value));
    assert.deepEqual(
      Object.fromEntries(exported.map(([key, type]) => [key, present(key, type)])),
      Object.fromEntries(classes.map((statement) => [statement.name.text, declared(statement, file)])),
    );
  });
}

test('declare in the index what it has', async () => {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/index.d.ts'));
  const names = file.statements.flatMap(({ exportClause }) => exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly));
  const index = await import(`${modules}index.js`);
  assert.deepEqual(Object.keys(index).sort(), names.map(({ name }) => name.text).sort());
});
