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
    spawn(...self('stubborn-deaf'), { stdio: 'ignore', detached: true });
    spawn('/bin/sh', ['-c', `setsid "${process.execPath}" "${process.argv[1]}" deaf >/dev/null 2>&1 &`]);
    setTimeout(() => serve(ok), 300);
  },
  'stubborn-deaf': () => {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
  },
  'die-later': () => {
    serve(ok);
    setTimeout(() => {
      console.log('fatal: out of luck');
      process.exit(7);
    }, Number(rest[0]));
  },
  'close-later': () => {
    const server = serve(ok);
    setTimeout(() => server.close(), Number(rest[0]));
    setInterval(() => {}, 1000);
  },
  'pid-file': () => {
    writeFileSync(rest[0], `${process.pid}\n`);
    serve(ok);
  },
  // Holds so many MB in a child; `spike` lets go of them after so many ms.
  hold: () => {
    const [megabytes = '0', after = '0', until = '0'] = rest;
    spawn(...self('ballast', megabytes, after, until), { stdio: 'inherit' });
    setTimeout(() => serve(ok), 500);
  },
  ballast: () => {
    const [megabytes, after, until] = rest.map(Number);
    let kept = null;
    setTimeout(() => {
      kept = Buffer.alloc(megabytes * 1024 * 1024, 1);
      if (until > 0) setTimeout(() => process.exit(kept.length === 0 ? 1 : 0), until);
    }, after);
    setInterval(() => kept?.length, 1000);
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
