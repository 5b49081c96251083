// Starts the program on a data folder of its own and a free port, with the sample, and stops it again.
//
// Agreement with `lienthong serve --data DIR --listen 127.0.0.1:0`, on standard output:
//   account NAME PASSWORD ROLE [TOTP-SECRET]     one line per sample account
//   listening on http://127.0.0.1:PORT           last, when it answers

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const READY_MS = 180_000;

export async function startServer(bin = process.env.LIENTHONG_BIN ?? '../target/debug/lienthong') {
  const data = mkdtempSync(join(tmpdir(), 'lt-e2e-'));
  const child = spawn(resolve(bin), ['serve', '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const accounts = [];
  const said = [];
  const exited = new Promise((done) => {
    child.once('exit', done);
    child.once('error', (error) => done(String(error)));
  });
  const tidyUp = () => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', tidyUp);

  const url = await new Promise((ready, failed) => {
    const late = setTimeout(() => failed(new Error(`not ready in ${READY_MS} ms:\n${said.join('\n')}`)), READY_MS);
    exited.then((code) => failed(new Error(`ended (${code}) before it was ready:\n${said.join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const [word, name, password, role, totp] = line.trim().split(/\s+/);
      if (word === 'account') accounts.push({ name, password, role, totp });
      const address = /^\s*listening on (http:\/\/\S+)/.exec(line);
      if (address) {
        clearTimeout(late);
        ready(address[1].replace(/\/$/, ''));
      }
    });
  });

  return {
    url,
    /** The first sample account with this role, or of this name. */
    account(role) {
      const found = accounts.find((account) => account.role === role || account.name === role);
      if (!found) throw new Error(`no sample account ${role}; there are: ${accounts.map((a) => a.role).join(', ')}`);
      return found;
    },
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(late);
      process.removeListener('exit', tidyUp);
      rmSync(data, { recursive: true, force: true });
    },
    /** Its last lines, for a failure's report. */
    lastWords: () => said.slice(-20).join('\n'),
  };
}
