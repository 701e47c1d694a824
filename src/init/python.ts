import type { Finding, Listening, Place, Service, Step } from './finding.ts';
import { listeningOf } from './listening.ts';
import { firstOf, sources, type Tree } from './tree.ts';

type Environment = { setup: Finding<string>; within: (command: string) => string; steps: Step[] };

const MANIFESTS = ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'requirements.txt', 'pyproject.toml', 'Pipfile'];

const PIPX = (name: string): Step => ({
  run: `pipx install ${name}`,
  why: `${name}, which the lock file is of`,
});

/** A service of requirements.txt, pyproject.toml or Pipfile; null where there is none of them. */
export function pythonService({ tree }: Place): Service | null {
  const manifest = firstOf(tree, MANIFESTS);
  if (manifest === undefined) return null;
  const { setup, within, steps } = environmentOf(manifest);
  const found = applicationOf(
    tree,
    tree.paths.map((path) => (isManifest(path) ? tree.read(path) : '')).join('\n'),
  );
  return {
    kind: 'Python',
    setup,
    ...(found === null ? {} : { start: { value: within(found.command), why: found.why } }),
    listening: found?.listening ?? { type: 'unknown' },
    entries: found === null ? [] : [found.path],
    steps,
    notes: [],
  };
}

const isManifest = (path: string) => /^(?:requirements[\w-]*\.txt|pyproject\.toml|Pipfile)$/.test(path);

function environmentOf(manifest: string): Environment {
  const venv = (install: string): Environment => ({
    // An environment of its own: newer systems refuse to install beside their own packages.
    setup: { value: `python3 -m venv .venv && .venv/bin/pip install ${install}`, why: `by ${manifest}` },
    within: (command) => `. .venv/bin/activate && exec ${command}`,
    steps: [],
  });
  switch (manifest) {
    case 'uv.lock':
      return {
        setup: { value: 'uv sync --frozen', why: `by ${manifest}` },
        within: (command) => `uv run --no-sync ${command}`,
        steps: [PIPX('uv')],
      };
    case 'poetry.lock':
      return {
        setup: { value: 'poetry install', why: `by ${manifest}` },
        within: (command) => `poetry run ${command}`,
        steps: [PIPX('poetry')],
      };
    case 'Pipfile.lock':
    case 'Pipfile':
      return {
        setup: { value: manifest === 'Pipfile' ? 'pipenv install' : 'pipenv sync', why: `by ${manifest}` },
        within: (command) => `pipenv run ${command}`,
        steps: [PIPX('pipenv')],
      };
    case 'requirements.txt':
      return venv('--requirement requirements.txt');
    default:
      return venv('.');
  }
}

/** A command to run as found in an environment's setup, for a Procfile of the same repository. */
export function inPythonEnvironment({ tree }: Place, command: string): string {
  const manifest = firstOf(tree, MANIFESTS);
  return manifest === undefined ? command : environmentOf(manifest).within(command);
}

type Application = { command: string; path: string; why: string; listening: Listening };

const told: Listening = { type: 'free', why: 'the start command says the port' };

function applicationOf(tree: Tree, manifests: string): Application | null {
  const gunicorn = /\bgunicorn\b/i.test(manifests);
  for (const { path, text } of sources(tree)) {
    if (!path.endsWith('.py') || isElsewhere(tree, path)) continue;
    const factory = /^def (create_app|make_app|build_app)\(/m.exec(text)?.[1];
    const made = factory === undefined ? null : /\b(FastAPI|Flask)\(/.exec(text)?.[1];
    if (made) {
      const why = `${path} makes a ${made} application in ${factory}`;
      const command =
        made === 'Flask'
          ? `flask --app "${path.replace(/\.py$/, '')}:${factory}" run --port \${PORT}`
          : `uvicorn --factory ${moduleOf(path)}:${factory} ${path.startsWith('src/') ? '--app-dir src ' : ''}--host 127.0.0.1 --port \${PORT}`;
      return { command, path, why, listening: told };
    }
    const app = /^(\w+)\s*(?::\s*\w+\s*)?=\s*(FastAPI|Starlette|Litestar|Quart|Flask|Sanic)\(/m.exec(text);
    if (app === null) continue;
    const [, name = 'app', framework = ''] = app;
    const why = `${path} makes a ${framework} application`;
    const source = path.startsWith('src/') ? '--app-dir src ' : '';
    const module = `${moduleOf(path)}:${name}`;
    if (framework !== 'Flask')
      return {
        command: `uvicorn ${source}${module} --host 127.0.0.1 --port \${PORT}`,
        path,
        why,
        listening: told,
      };
    const flask = `flask --app ${path.replace(/\.py$/, '')} run --port \${PORT}`;
    const command = gunicorn && source === '' ? `gunicorn --bind 127.0.0.1:\${PORT} ${module}` : flask;
    return { command, path, why, listening: told };
  }
  if (tree.paths.includes('manage.py')) {
    const wsgi = tree.paths.find((path) => /^[^/]+\/wsgi\.py$/.test(path));
    const command =
      gunicorn && wsgi !== undefined
        ? `gunicorn --bind 127.0.0.1:\${PORT} ${moduleOf(wsgi)}`
        : 'python manage.py runserver --noreload 127.0.0.1:${PORT}';
    return { command, path: 'manage.py', why: 'manage.py is that of a Django project', listening: told };
  }
  const entry = firstOf(tree, ['main.py', 'app.py', 'server.py', 'src/main.py', 'src/app.py']);
  if (entry === undefined) return null;
  return {
    command: `python ${entry}`,
    path: entry,
    why: `${entry} looks like it`,
    listening: listeningOf(tree, [entry]),
  };
}

/** A folder with requirements of its own is a service of its own. */
function isElsewhere(tree: Tree, path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((_, i) => {
    const folder = folders.slice(0, i + 1).join('/');
    return tree.paths.some(
      (one) => one === `${folder}/pyproject.toml` || one === `${folder}/requirements.txt`,
    );
  });
}

const moduleOf = (path: string) =>
  path
    .replace(/^src\//, '')
    .replace(/(?:\/__init__)?\.py$/, '')
    .replaceAll('/', '.');
