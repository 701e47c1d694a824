// A service that behaves, or misbehaves, as its first argument says. Listens on PORT at 127.0.0.1.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [mode = 'serve', ...rest] = process.argv.slice(2);
const port = Number(process.env.PORT);
const serve = (handler, options = {}) =>
  createServer(handler).listen(options.port ?? port, '127.0.0.1', () => console.log(`listening on ${port}`));
const ok = (_request, response) => response.end('ok');
const self = (...args) => [process.execPath, [process.argv[1], ...args]];

const modes = {
  serve: () => serve(ok),
  stubborn: () => {
    process.on('SIGTERM', () => console.log('not now'));
    serve(ok);
  },
  exit: () => {
    console.log('::error::it is broken\r##[error]again');
    console.error('caused by \u001b[31mred\u001b[0m');
    process.exitCode = Number(rest[0]);
  },
  abort: () => process.kill(process.pid, 'SIGKILL'),
  unhealthy: () => serve((_request, response) => response.writeHead(503).end()),
  'healthy-later': () => {
    const start = Date.now();
    serve((request, response) => {
      const healthy = request.url === '/health' && Date.now() - start > 400;
      response.writeHead(healthy ? 204 : 503).end();
    });
  },
  deaf: () => setInterval(() => {}, 1000),
  elsewhere: () => serve(ok, { port: Number(rest[0]) }),
  mute: () => serve(() => {}),
  'log-first': () => {
    process.stdout.write('server \u001b[36mis ');
    setTimeout(() => process.stdout.write('up\u001b[0m and running'), 100);
    setTimeout(() => serve(ok), 500);
  },
  environment: () => serve((_request, response) => response.end(JSON.stringify(process.env))),
  flood: () => {
    serve(ok);
    const line = `${'x'.repeat(999)}\n`;
    for (let i = 0; i < 20_000; i++) process.stdout.write(line);
    process.stdout.write('the end\n');
  },
  // Children that are still there when it is told to stop: one in its group, one that left it, one that daemonised.
  family: () => {
    spawn(...self('deaf'), { stdio: 'inherit' });
    const stubborn = spawn(...self('stubborn-deaf'), { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    spawn('/bin/sh', ['-c', `setsid "${process.execPath}" "${process.argv[1]}" deaf >/dev/null 2>&1 &`]);
    stubborn.stdout.once('data', () => serve(ok));
  },
  'stubborn-deaf': () => {
    process.on('SIGTERM', () => {});
    process.stdout.write('deaf\n');
    setInterval(() => {}, 1000);
  },
  // These two end after they are asked for /end.
  'die-later': () =>
    serve((request, response) => {
      response.end('ok');
      if (request.url !== '/end') return;
      setTimeout(() => {
        console.log('fatal: out of luck');
        process.exit(7);
      }, 100);
    }),
  'close-later': () => {
    const server = serve((request, response) => {
      response.end('ok');
      if (request.url === '/end') server.close();
    });
    setInterval(() => {}, 1000);
  },
  'pid-file': () => {
    writeFileSync(rest[0], `${process.pid}\n`);
    serve(ok);
  },
  // Has a child that holds so many MB from when /hold is asked for, until /drop is; then the child is gone.
  hold: () => {
    const child = spawn(...self('ballast', rest[0]), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const told = { '/hold': 'message', '/drop': 'exit' };
    serve((request, response) => {
      const done = told[request.url];
      if (done === undefined) return response.end('ok');
      child.once(done, () => response.end('done'));
      return child.send(request.url);
    });
  },
  ballast: () => {
    let kept = null;
    process.on('message', (what) => {
      if (what === '/drop') process.exit(kept === null ? 1 : 0);
      kept = Buffer.alloc(Number(rest[0]) * 1024 * 1024, 1);
      process.send('held');
    });
  },
  // Burns so many ms of CPU in a child that ends, each time it is asked.
  burn: () =>
    serve((_request, response) => {
      spawn(...self('burner', rest[0])).on('exit', () => response.end('burnt'));
    }),
  burner: () => {
    const start = process.cpuUsage();
    while ((process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000 < Number(rest[0]));
  },
};

modes[mode]();
