import { spawn } from 'node:child_process';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './api.ts';
import { GIT_ENV } from './git-process.ts';
import type { Repository } from './records.ts';
import { allows, tokenOfHeader } from './tokens.ts';
import type { World } from './world.ts';

const PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.+)$/;
/** What git asks for where an answer made it take the server for one that only has files. */
const DUMB = /^(HEAD|objects\/)/;

export function isGitPath(path: string): boolean {
  return PATH.test(path);
}

/** Fetch and push over HTTP, done by git itself (`git http-backend`), for those whose token allows it. */
export async function serveGit(
  world: World,
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const [, owner = '', name = '', service = ''] = PATH.exec(url.pathname) ?? [];
  const repository = world.repositories.get(`${owner}/${name}`.toLowerCase());
  const pushes = service === 'git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const refusal = refuse(world, repository, headers.authorization, pushes);
  if (refusal) return refusal;
  if (DUMB.test(service)) return { status: 404, body: 'Not Found' };
  if (!repository) throw new Error('an unknown repository was not refused');
  const answer = await backend(repository, method, url, service, headers, body);
  if (service === 'git-receive-pack') await world.syncPulls();
  return answer;
}

function refuse(
  world: World,
  repository: Repository | undefined,
  authorization: string | undefined,
  pushes: boolean,
): Answer | undefined {
  const challenge = { 'www-authenticate': 'Basic realm="GitHub"' };
  const given = tokenOfHeader(authorization);
  const token = given === null ? undefined : world.tokens.get(given);
  if (given !== null && !token) return { status: 401, headers: challenge, body: 'Bad credentials' };
  if (!token) {
    const open = repository && !repository.private && !pushes;
    return open ? undefined : { status: 401, headers: challenge, body: 'Repository not found.' };
  }
  const own = repository !== undefined && token.repository === repository;
  if (!repository || (repository.private && !own)) return { status: 404, body: 'Repository not found.' };
  const allowed = own && allows(token.scopes, { anyOf: ['contents'], level: pushes ? 'write' : 'read' });
  if (allowed || (!pushes && !repository.private)) return undefined;
  return { status: 403, body: 'Write access to repository not granted.' };
}

function backend(
  repository: Repository,
  method: string,
  url: URL,
  service: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const env: Record<string, string> = {
    ...GIT_ENV,
    GIT_PROJECT_ROOT: repository.git.path,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${service}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: method,
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: String(body.length),
    REMOTE_USER: 'x-access-token',
    REMOTE_ADDR: '127.0.0.1',
  };
  if (header('git-protocol')) env.GIT_PROTOCOL = header('git-protocol');
  if (header('content-encoding')) env.HTTP_CONTENT_ENCODING = header('content-encoding');
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'safe.directory=*', 'http-backend'], { env, stdio: 'pipe' });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.resume();
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', () => resolve(ofCgi(Buffer.concat(out))));
    child.stdin.end(body);
  });
}

/** What a CGI program printed, as an answer. */
function ofCgi(output: Buffer): Answer {
  const end = output.indexOf('\r\n\r\n');
  const answer: Answer & { headers: Record<string, string> } = { status: 200, headers: {} };
  for (const line of output.subarray(0, end).toString().split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') answer.status = Number.parseInt(value, 10);
    else answer.headers[name] = value;
  }
  return { ...answer, body: output.subarray(end + 4) };
}
