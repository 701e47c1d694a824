import net from 'node:net';
import tls from 'node:tls';

/** Starts to connect to the host of `url`. Certificates are not checked. */
export function openSocket(url: URL): net.Socket {
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (secure ? 443 : 80);
  if (!secure) return net.connect({ host, port, noDelay: true });
  const servername = net.isIP(host) ? undefined : host;
  // A service under test has a certificate of its own making: whom it speaks for is not what is measured.
  const socket = tls.connect({
    host,
    port,
    rejectUnauthorized: false,
    ...(servername ? { servername } : {}),
  });
  return socket.setNoDelay(true);
}

/** What to change when connecting failed for want of something on this machine; undefined when it did not. */
export function shortageOf(error: NodeJS.ErrnoException): string | undefined {
  if (error.code === 'EMFILE' || error.code === 'ENFILE') {
    return 'the load generator may not open that many connections: raise the limit of open files (ulimit -n), or lower "connections"';
  }
  if (error.code === 'EADDRNOTAVAIL') {
    return 'the load generator ran out of local ports: the target closes its connections; let it keep them alive, or lower the load';
  }
  return undefined;
}
