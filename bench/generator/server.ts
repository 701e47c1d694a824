import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';

export type BenchServer = { url: string; close: () => void };

/*
 * A Node server in a process of its own that answers "hello" after `delayMs`. As text, because the bench is bundled
 * into one file and the server must not share its process.
 */
const SOURCE = `
import http from 'node:http';
const delay = Number(process.argv[2]);
const server = http.createServer((request, answer) => {
  if (delay > 0) setTimeout(() => answer.end('hello'), delay);
  else answer.end('hello');
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit(0));
`;

/** Starts it; `folder` takes its source. */
export async function startServer(folder: string, delayMs: number): Promise<BenchServer> {
  const file = `${folder}/server.mjs`;
  await writeFile(file, SOURCE);
  const child = fork(file, [String(delayMs)], { execArgv: [] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}
