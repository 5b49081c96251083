// A runner of a few lines: named tests, two at a time, a closing line that the gate reads.

const AT_ONCE = 2;
const LIMIT_MS = 120_000;

export class Runner {
  #tests = [];
  passed = 0;
  failed = 0;

  constructor(filter) {
    this.filter = filter;
  }

  /** Takes in a test; `run` throws or returns the list of breaches. */
  add(name, run) {
    if (!this.filter || name.includes(this.filter)) this.#tests.push({ name, run });
  }

  /** Runs what was taken in so far. */
  async run() {
    const waiting = this.#tests.splice(0);
    const worker = async () => {
      for (let test = waiting.shift(); test; test = waiting.shift()) await this.#one(test);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #one({ name, run }) {
    const began = Date.now();
    let breaches;
    let late;
    try {
      const limit = new Promise((_, failed) => {
        late = setTimeout(() => failed(new Error(`took longer than ${LIMIT_MS} ms`)), LIMIT_MS);
      });
      breaches = (await Promise.race([run(), limit])) ?? [];
    } catch (error) {
      breaches = [error.stack ?? String(error)];
    } finally {
      clearTimeout(late);
    }
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    if (breaches.length === 0) {
      this.passed += 1;
      console.log(`ok    ${name} (${took})`);
      return;
    }
    this.failed += 1;
    console.log(`FAIL  ${name} (${took})`);
    for (const breach of breaches) console.log(`      ${breach}`);
  }

  /** Prints the closing line; true when nothing failed and something ran. */
  close() {
    console.log(`browser: ${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}
